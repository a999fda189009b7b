// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/** What an export loop is about; names stand in health answers. */
public enum ExportState {
  /** Not yet connected since the start. */
  STARTING("starting"),
  /** The target began empty and does not hold the whole past yet. */
  REBUILDING("rebuilding"),
  /** The target follows the journal. */
  FOLLOWING("following"),
  /** The target cannot be written; the loop tries again. */
  DEGRADED("degraded"),
  /** Ended on request. */
  STOPPED("stopped");

  private final String wireName;

  ExportState(String wireName) {
    this.wireName = wireName;
  }

  public String wireName() {
    return wireName;
  }
}
