// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What was said in rooms and has left memory.
 *
 * <p><b>Thread:</b> any; nothing blocks. Futures complete on another thread.
 *
 * <p><b>Failure:</b> a future fails with {@link HistoryUnavailableException} when too many wait or
 * the database cannot be read.
 */
public interface RoomHistory {

  /** Entries of one epoch behind a sequence, oldest first. */
  CompletableFuture<List<LogEntry>> after(long roomId, long epoch, long afterSequence, int limit);

  /**
   * Entries of all epochs, by time and then by sequence; money events that a restart put back into
   * the log are left out.
   *
   * @param after only what comes behind this entry; null = from the beginning
   */
  CompletableFuture<List<LogEntry>> between(
      long roomId,
      long fromMs,
      long toMs,
      @org.jspecify.annotations.Nullable Place after,
      int limit);

  /** Texts of a room for a player, oldest first; of the newest that many. */
  CompletableFuture<List<LogEntry>> newestChat(long roomId, int limit);

  /** A place in the order of {@link #between}. */
  record Place(long atMs, long epoch, long sequence) {}
}
