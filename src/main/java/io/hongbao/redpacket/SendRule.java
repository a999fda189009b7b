// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.draw.PacketKind;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a packet may be sent; changes nothing itself.
 *
 * <p>Refusals in this order: asset, total, count, share sizes, divisibility, texts, audience,
 * provider or funds.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class SendRule {

  private SendRule() {}

  /**
   * Judges the terms alone; nothing in them depends on money or time.
   *
   * @return why not, or null
   */
  static @Nullable RefusalCode judgeTerms(
      PacketTerms terms, PacketLimits limits, long balanceMinorMax) {
    if (balanceMinorMax == 0) {
      return RefusalCode.UNKNOWN_ASSET;
    }
    long totalMinorMax =
        Math.min(limits.totalMinorMax().applyAsLong(terms.asset()), balanceMinorMax);
    if (terms.totalMinor() < 1 || terms.totalMinor() > totalMinorMax) {
      return RefusalCode.TOTAL_OUT_OF_RANGE;
    }
    boolean isExclusive = terms.kind() == PacketKind.EXCLUSIVE;
    if (terms.count() < 1
        || terms.count() > limits.countMax()
        || (isExclusive && terms.count() != 1)) {
      return RefusalCode.COUNT_OUT_OF_RANGE;
    }
    if (terms.totalMinor() / terms.count() < PacketSpec.SHARE_MINOR_MIN) {
      return RefusalCode.SHARE_TOO_SMALL;
    }
    if (terms.totalMinor() / terms.count() > limits.shareMinorMax().applyAsLong(terms.asset())) {
      return RefusalCode.SHARE_TOO_LARGE;
    }
    if (terms.kind() == PacketKind.EQUAL && terms.totalMinor() % terms.count() != 0) {
      return RefusalCode.INDIVISIBLE;
    }
    if (codePoints(terms.greeting()) > limits.greetingCharsMax()
        || codePoints(terms.cover()) > limits.greetingCharsMax()) {
      return RefusalCode.GREETING_TOO_LONG;
    }
    boolean hasRoom = terms.roomId() != 0;
    boolean hasRecipient = terms.recipientId() != 0;
    if (hasRoom == hasRecipient || (isExclusive && hasRoom)) {
      return RefusalCode.AUDIENCE_INVALID;
    }
    return null;
  }

  /** Judges whether the sender may send there. */
  static @Nullable RefusalCode judgeAudience(
      PacketTerms terms, long senderId, Neighbourhood around) {
    if (terms.recipientId() == senderId) {
      return RefusalCode.AUDIENCE_INVALID;
    }
    if (terms.roomId() != 0 && !around.isInRoom(terms.roomId(), senderId)) {
      return RefusalCode.NOT_A_MEMBER;
    }
    return null;
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }
}
