// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.List;

/**
 * A live room as it stands.
 *
 * @param waiting messages that wait for their turn
 * @param messagesPerS its budget
 * @param isModerator whether whoever asked is one
 */
public record RoomState(
    Tail tail,
    RoomRules rules,
    int messagesPerS,
    int waiting,
    int followerCount,
    List<Long> moderators,
    boolean isModerator) {}
