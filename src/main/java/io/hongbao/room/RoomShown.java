// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.engine.Answer;

/**
 * A room as it stands.
 *
 * @param wasMade whether this very command made it
 */
public record RoomShown(long roomId, boolean isPublic, int memberCount, boolean wasMade)
    implements Answer {}
