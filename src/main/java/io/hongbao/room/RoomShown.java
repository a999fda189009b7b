// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.engine.Answer;

/**
 * A room as it stands.
 *
 * @param addedCount users who came by this very command
 * @param removedCount users who left by it
 * @param wasMade whether this very command made it
 * @param position last change of the room
 */
public record RoomShown(
    long roomId,
    boolean isPublic,
    int memberCount,
    int addedCount,
    int removedCount,
    boolean wasMade,
    long position)
    implements Answer {}
