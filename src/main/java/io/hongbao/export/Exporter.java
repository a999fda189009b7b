// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.engine.journal.JournalReader;

/**
 * Carries durable records to one target and remembers there how far it has come.
 *
 * <ul>
 *   <li>{@link #open} connects and tells the position that the target holds.
 *   <li>{@link #add} takes records in log order from exactly there on and may keep them back.
 *   <li>{@link #commit} makes everything added visible, together with the position, in one step.
 *   <li>After any failure the loop closes the exporter; what was added and not committed is
 *       forgotten, and the next {@link #open} tells where to go on. A batch whose commit failed
 *       half-way or unheard is therefore added again: writing it twice must change nothing.
 * </ul>
 *
 * <p><b>Thread:</b> the loop's; every method may block it.
 */
public interface Exporter extends AutoCloseable {

  /**
   * Connects to the target, makes it when missing.
   *
   * @param durableLogPosition end of the journal now: a target that begins empty is complete when
   *     it has reached this
   * @throws TargetLostException if there is something that can neither be used nor repaired
   */
  ExportPosition open(long durableLogPosition) throws ExportFailedException;

  /** Takes the record that the cursor stands on. */
  void add(JournalReader record) throws ExportFailedException;

  /** Rows that the next commit will write; the loop commits at its limit. */
  int pendingRows();

  /**
   * Writes what was added and the position.
   *
   * <p><b>Durability:</b> on return readers see both, and both survive the end of the process.
   */
  void commit(ExportPosition position) throws ExportFailedException;

  /**
   * Forces to the disk what has been committed.
   *
   * <p><b>Durability:</b> on return it survives a crash of the machine.
   */
  void sync() throws ExportFailedException;

  /**
   * Looks cheaply whether the target is still there; called about once a second.
   *
   * @throws TargetLostException if it is gone
   */
  void check() throws ExportFailedException;

  /** Removes what is left of a lost target, so that {@link #open} makes a new one. */
  void discard() throws ExportFailedException;

  /** Disconnects; whatever was not committed is forgotten. May be opened again. */
  @Override
  void close();
}
