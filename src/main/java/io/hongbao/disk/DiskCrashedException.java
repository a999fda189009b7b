// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.io.IOException;

/** Says that a {@link FaultyDisk} has lost its power; nothing works before it has it back. */
public final class DiskCrashedException extends IOException {

  private static final long serialVersionUID = 1L;

  DiskCrashedException() {
    super("the disk has no power");
  }
}
