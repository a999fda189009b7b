// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;

/** Starts the server; found by {@link java.util.ServiceLoader}. */
@FunctionalInterface
public interface ServerStarter {

  /**
   * Recovers from the directory, opens the ports and returns once requests are answered.
   *
   * <p><b>Failure:</b> whatever was started is stopped again before the exception; a port that
   * cannot be had is a {@link ListenException}.
   *
   * @param configuration as it holds for this directory
   * @param directory open and locked; stays the caller's, who closes it after the server
   */
  RunningServer start(Configuration configuration, DataDirectory directory) throws Exception;
}
