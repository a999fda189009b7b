// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.engine;

/**
 * A command with the one who wants it: what it changes is journaled with a line for the audit, in
 * the same record.
 *
 * <p>The family decides the command inside and need not know; it may tell more by {@link
 * Decision#audit}.
 */
public record Acted(Command command, Actor actor) implements Command {

  // Two objects of facts, a cause of 200 and a name of 64 characters, three or four bytes each.
  private static final int AUDIT_BYTES_MAX = 8_192;

  @Override
  public int schemaId() {
    return command.schemaId();
  }

  @Override
  public int recordBytesMax() {
    return command.recordBytesMax() + AUDIT_BYTES_MAX;
  }

  @Override
  public boolean mayUseReserve() {
    return command.mayUseReserve();
  }
}
