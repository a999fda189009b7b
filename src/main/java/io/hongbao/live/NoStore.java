// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Stands in the place of a database that cannot be opened: chat is refused, since neither what is
 * said could be kept nor who is banned is known; money events go on.
 *
 * <p><b>Thread:</b> any.
 */
public final class NoStore implements RoomBook, RoomHistory {

  @Override
  public CompletableFuture<Void> save(RoomChange change) {
    return failed();
  }

  @Override
  public boolean hasRoom() {
    return false;
  }

  @Override
  public CompletableFuture<List<LogEntry>> after(
      long roomId, long epoch, long afterSequence, int limit) {
    return failed();
  }

  @Override
  public CompletableFuture<List<LogEntry>> between(
      long roomId, long fromMs, long toMs, @Nullable Place after, int limit) {
    return failed();
  }

  @Override
  public CompletableFuture<List<LogEntry>> newestChat(long roomId, int limit) {
    return failed();
  }

  private static <T> CompletableFuture<T> failed() {
    return CompletableFuture.failedFuture(
        new HistoryUnavailableException("the rooms' database is not open", null));
  }
}
