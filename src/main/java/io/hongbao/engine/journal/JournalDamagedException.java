// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.io.IOException;

/** Says that bytes which were durable can no longer be read; names the file and the offset. */
public final class JournalDamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  public JournalDamagedException(String file, long offset, String what) {
    super("journal is damaged: " + file + " at offset " + offset + ": " + what);
    this.file = file;
    this.offset = offset;
  }

  public String file() {
    return file;
  }

  public long offset() {
    return offset;
  }
}
