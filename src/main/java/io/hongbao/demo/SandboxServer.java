// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.net.URI;
import java.util.List;

/** The server that the play is played on; it was made for it and for nothing else. */
interface SandboxServer {

  /** Where its API is now; a restart changes it. */
  URI api();

  String operatorKey();

  /** Ends it as a power cut would: without a word, whatever it is doing. */
  void kill() throws InterruptedException;

  /** Starts it again on what the kill left, and returns once it answers. */
  void restart() throws Exception;

  /** Ends it in order; returns what was wrong with that, or nothing. */
  String stop() throws InterruptedException;

  /** What it has complained of so far; a server that is well says nothing. */
  List<String> complaints();
}
