// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.engine.Answer;

/**
 * A room as it stands.
 *
 * @param memberCount listed members; 0 for a public room, where everybody counts as one
 * @param addedCount users who came by this very command
 * @param removedCount users who left by it
 * @param wasMade whether this very command made it
 * @param createdAtMs when it was made
 * @param position last change of the room
 */
public record RoomShown(
    long roomId,
    boolean isPublic,
    int memberCount,
    int addedCount,
    int removedCount,
    boolean wasMade,
    long createdAtMs,
    long position)
    implements Answer {}
