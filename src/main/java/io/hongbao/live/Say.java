// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

/**
 * What somebody wants to say, checked for its form.
 *
 * @param text cleaned by {@link ChatText}
 * @param key what repeats are told by; null when the caller gave none
 */
public record Say(
    long roomId,
    long userId,
    String nickname,
    String text,
    RoomEntry.Position position,
    int colourRgb,
    int size,
    long videoTimeMs,
    @org.jspecify.annotations.Nullable SayKey key) {

  /** The same under a name. */
  public Say by(String name) {
    return new Say(roomId, userId, name, text, position, colourRgb, size, videoTimeMs, key);
  }

  RoomEntry.Chat chat(long id) {
    return new RoomEntry.Chat(id, userId, nickname, text, position, colourRgb, size, videoTimeMs);
  }
}
