// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;

/** The server as the command line finds it. */
public final class LocalServerStarter implements ServerStarter {

  @Override
  public RunningServer start(Configuration configuration, DataDirectory directory)
      throws Exception {
    return Server.start(configuration, directory);
  }
}
