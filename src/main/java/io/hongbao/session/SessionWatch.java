// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

/** A wish to hear of a session's end; closed by who does not want to hear any more. */
public interface SessionWatch extends AutoCloseable {

  @Override
  void close();
}
