// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sandbox".
package io.hongbao.sandbox;

import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;

/** Moves the sandbox's clock forward; for one partition only. */
public record AdvanceClock(long byMs) implements Command {

  /** Where the clock's offset lives. */
  public static final int PARTITION = 0;

  /** Ten years: more finds no bug that this does not. */
  public static final long BY_MS_MAX = 3_653L * 86_400_000;

  /** A hundred years: beyond them lie dates that ids and answers cannot carry. */
  public static final long TOTAL_MS_MAX = 36_500L * 86_400_000;

  @Override
  public int schemaId() {
    return SandboxCodec.SCHEMA_ID;
  }

  /**
   * The clock was moved.
   *
   * @param totalOffsetMs how far it is ahead of the wall in all
   */
  public record Advanced(long totalOffsetMs) implements Answer {}
}
