// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

/** What a command tells the shell; scripts rely on these numbers. */
public final class ExitCode {

  /** Done. */
  public static final int OK = 0;

  /** Tried, and it did not work or something differs. */
  public static final int FAILED = 1;

  /** Not tried: the command line or a setting is wrong. */
  public static final int USAGE = 2;

  /** Not tried: the machine lacks something (a port, a right, disk, the directory is in use). */
  public static final int ENVIRONMENT = 3;

  private ExitCode() {}
}
