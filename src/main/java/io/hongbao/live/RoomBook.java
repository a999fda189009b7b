// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.concurrent.CompletableFuture;

/**
 * Keeps what moderators decided.
 *
 * <p><b>Thread:</b> any; nothing blocks.
 */
public interface RoomBook {

  /** Keeps nothing; for tests. */
  RoomBook NONE =
      new RoomBook() {
        @Override
        public CompletableFuture<Void> save(RoomChange change) {
          return CompletableFuture.completedFuture(null);
        }

        @Override
        public boolean hasRoom() {
          return true;
        }
      };

  /** Completes, on another thread, when the change is durable; fails when it could not be. */
  CompletableFuture<Void> save(RoomChange change);

  /** Whether what is said now will be kept; false while too much waits to be written. */
  boolean hasRoom();

  /**
   * Whether more money events may be put into logs. While not, their follower reads no further:
   * they wait in the journal, not here.
   */
  default boolean hasRoomForMoney() {
    return true;
  }

  /**
   * Whether everything that was said {@code room.flush_ms} ago is durable. While it is not, nothing
   * more is said: that is what makes it the bound of what a crash may lose.
   */
  default boolean isInTime() {
    return true;
  }
}
