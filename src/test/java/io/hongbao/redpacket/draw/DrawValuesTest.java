// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.model.BrokenInvariantException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DrawValuesTest {

  private static final String HEX =
      "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210";

  @Test
  void kindsKeepTheirNumbersAndNames() {
    assertEquals(
        List.of("1 lucky", "2 lucky_fair", "3 equal", "4 exclusive"),
        List.of(PacketKind.values()).stream()
            .map(kind -> kind.number() + " " + kind.wireName())
            .toList());
    for (PacketKind kind : PacketKind.values()) {
      assertSame(kind, PacketKind.ofNumber(kind.number()));
      assertSame(kind, PacketKind.ofWireName(kind.wireName()));
    }
    assertNull(PacketKind.ofWireName("LUCKY"));
    assertThrows(BrokenInvariantException.class, () -> PacketKind.ofNumber(0));
    assertThrows(BrokenInvariantException.class, () -> PacketKind.ofNumber(5));
  }

  @Test
  void seedsSurviveBytesAndHex() {
    DrawSeed seed = DrawSeed.ofHex(HEX);
    byte[] bytes = new byte[40];
    seed.writeTo(bytes, 5);

    assertEquals(seed, DrawSeed.ofBytes(bytes, 5));
    assertEquals(HEX, seed.hex());
    assertEquals(0x0011223344556677L, seed.word0());
    assertEquals(HEX, DrawCommitment.ofHex(HEX.toUpperCase(java.util.Locale.ROOT)).hex());
    assertThrows(IllegalArgumentException.class, () -> DrawSeed.ofHex(HEX + "0"));
    assertThrows(IllegalArgumentException.class, () -> DrawSeed.ofHex("x" + HEX.substring(1)));
  }

  @Test
  void aSeedDoesNotShowInLogs() {
    assertEquals("DrawSeed[secret]", "" + DrawSeed.ofHex(HEX));
  }

  @Test
  void noncesAreCopiedBoundedAndReadableWithoutPadding() {
    byte[] bytes = {-1, -2, -3, 4};
    SenderNonce nonce = SenderNonce.ofBytes(bytes);
    bytes[0] = 0;

    assertEquals("__79BA", nonce.base64Url());
    assertEquals(nonce, SenderNonce.ofBase64Url("__79BA"));
    byte[] written = new byte[4];
    nonce.writeTo(written, 0);
    assertArrayEquals(new byte[] {-1, -2, -3, 4}, written);
    assertSame(SenderNonce.NONE, SenderNonce.ofBase64Url(""));
    assertThrows(IllegalArgumentException.class, () -> SenderNonce.ofBase64Url("a+b/"));
    assertThrows(IllegalArgumentException.class, () -> SenderNonce.ofBase64Url("A".repeat(87)));
    assertThrows(BrokenInvariantException.class, () -> SenderNonce.ofBytes(new byte[65]));
  }

  @Test
  void termsThatCannotBeDrawnCannotBeMade() {
    assertThrows(BrokenInvariantException.class, () -> terms(0, PacketKind.EQUAL, 10, 5, 1));
    assertThrows(BrokenInvariantException.class, () -> terms(1, PacketKind.EQUAL, 11, 5, 1));
    assertThrows(BrokenInvariantException.class, () -> terms(1, PacketKind.EXCLUSIVE, 10, 2, 1));
    assertThrows(BrokenInvariantException.class, () -> terms(1, PacketKind.LUCKY_LIVE, 4, 5, 1));
    assertThrows(BrokenInvariantException.class, () -> terms(1, PacketKind.LUCKY_LIVE, 9, 5, 2));
  }

  /** Every field must move the commitment, or the field could be changed after sending. */
  @Test
  void theCommitmentCoversEveryTermAndTheSeed() {
    DrawCommitter committer = new DrawCommitter();
    DrawSeed seed = new DrawSeed(1, 2, 3, 4);
    SenderNonce nonce = SenderNonce.ofBytes(new byte[] {0});
    Set<DrawCommitment> commitments = new HashSet<>();
    commitments.add(committer.commit(terms(1, PacketKind.LUCKY_LIVE, 10, 5, 1), seed));
    commitments.add(committer.commit(terms(2, PacketKind.LUCKY_LIVE, 10, 5, 1), seed));
    commitments.add(committer.commit(terms(1, PacketKind.LUCKY_FAIR, 10, 5, 1), seed));
    commitments.add(committer.commit(terms(1, PacketKind.LUCKY_LIVE, 11, 5, 1), seed));
    commitments.add(committer.commit(terms(1, PacketKind.LUCKY_LIVE, 10, 4, 1), seed));
    commitments.add(committer.commit(terms(1, PacketKind.LUCKY_LIVE, 10, 5, 2), seed));
    commitments.add(
        committer.commit(
            new DrawTerms(1, PacketKind.LUCKY_LIVE, 10, 5, 1, 8, SenderNonce.NONE), seed));
    commitments.add(
        committer.commit(new DrawTerms(1, PacketKind.LUCKY_LIVE, 10, 5, 1, 7, nonce), seed));
    commitments.add(
        committer.commit(terms(1, PacketKind.LUCKY_LIVE, 10, 5, 1), new DrawSeed(1, 2, 3, 5)));

    assertEquals(9, commitments.size());
    // A long input before must leave nothing behind in the reused buffer.
    committer.commit(
        new DrawTerms(1, PacketKind.LUCKY_LIVE, 10, 5, 1, 7, SenderNonce.ofBytes(new byte[64])),
        seed);
    assertFalse(commitments.add(committer.commit(terms(1, PacketKind.LUCKY_LIVE, 10, 5, 1), seed)));
  }

  @Test
  void bestLuckIsTheLargestShareAndTheEarlierOfTwoEquals() {
    ShareTable equal =
        ShareTable.draw(
            new ShareChance(), terms(1, PacketKind.EQUAL, 10, 5, 1), new DrawSeed(0, 0, 0, 0));
    ShareTable lucky =
        ShareTable.draw(
            new ShareChance(),
            terms(1, PacketKind.LUCKY_LIVE, 1000, 5, 1),
            new DrawSeed(0, 0, 0, 0));

    assertEquals(1, equal.bestPlace(5));
    assertEquals(1, lucky.bestPlace(1));
    int best = lucky.bestPlace(5);
    for (int place = 1; place <= 5; place++) {
      assertFalse(lucky.amountMinor(place) > lucky.amountMinor(best));
    }
    assertThrows(BrokenInvariantException.class, () -> lucky.bestPlace(0));
    assertThrows(BrokenInvariantException.class, () -> lucky.bestPlace(6));
  }

  @Test
  void theThreeUsesOfChanceNeverShareIt() {
    ShareChance chance = new ShareChance();
    Set<Long> words = new HashSet<>();
    for (ShareChance.Use use : ShareChance.Use.values()) {
      chance.take(use, new DrawSeed(1, 2, 3, 4), 5, 6);
      words.add(chance.lotWord());
      words.add(chance.rangeWord());
    }

    assertEquals(6, words.size());
    assertNotEquals(chance.lotWord(), chance.rangeWord());
  }

  private static DrawTerms terms(
      long packetId, PacketKind kind, long total, int count, long least) {
    return new DrawTerms(packetId, kind, total, count, least, 7, SenderNonce.NONE);
  }
}
