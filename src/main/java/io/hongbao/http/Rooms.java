// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

/**
 * Knows who is in which room.
 *
 * <p><b>Thread:</b> any; a lock-free read of what is durable.
 */
@FunctionalInterface
public interface Rooms {

  /** Whether the room exists and the user may see what is in it. */
  boolean isInRoom(long roomId, long userId);
}
