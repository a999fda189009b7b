// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

/** The command line with a server that does nothing, for tests that need real processes. */
final class FakeServerMain {

  private FakeServerMain() {}

  public static void main(String[] args) {
    Cli.mainWith(args, () -> FakeServer::start, FakeServerMain.class);
  }
}
