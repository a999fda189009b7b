// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What holds for every packet, tried on packets of random totals, counts and minimums. The seed of
 * a run is printed; {@code -Dhongbao.test.seed=N} runs it again.
 */
class DrawPropertyTest {

  private static final int PACKETS = 3_000;
  private static final int COUNT_MAX = 200;

  private final ShareChance chance = new ShareChance();
  private final SplittableRandom random = newRandom();

  @Test
  void liveSharesSumToTheTotalAndNeverLeaveTooLittle() {
    for (int i = 0; i < PACKETS; i++) {
      DrawTerms terms = randomTerms(PacketKind.LUCKY_LIVE);
      DrawSeed seed = randomSeed();

      long leftMinor = terms.totalMinor();
      long[] sharesMinor = new long[terms.count()];
      for (int place = 1; place <= terms.count(); place++) {
        int leftCount = terms.count() - place + 1;
        long shareMinor =
            LiveDraw.shareMinor(
                chance, seed, terms.packetId(), place, leftMinor, leftCount, terms.minimumMinor());
        leftMinor -= shareMinor;
        sharesMinor[place - 1] = shareMinor;
        assertTrue(shareMinor >= terms.minimumMinor(), () -> "too small in " + terms);
        // Against the plain reading of the rule, in whole numbers: at most ⌈2s/n⌉ over the minimum.
        assertTrue(
            leftMinor >= (leftCount - 1) * terms.minimumMinor(), () -> "too much in " + terms);
      }

      assertEquals(0, leftMinor, () -> "left over in " + terms);
      ShareTable table = ShareTable.draw(chance, terms, seed);
      assertTrue(Arrays.equals(sharesMinor, table.amountsMinor()), () -> "table of " + terms);
    }
  }

  @Test
  void fairSharesSumToTheTotalAndAreNeverBelowTheMinimum() {
    for (int i = 0; i < PACKETS; i++) {
      DrawTerms terms = randomTerms(PacketKind.LUCKY_FAIR);
      DrawSeed seed = randomSeed();

      ShareTable table = ShareTable.draw(chance, terms, seed);

      assertSplit(terms, table);
      // Another owner's scratch space makes no difference: the draw depends on its arguments only.
      ShareTable again = ShareTable.draw(new ShareChance(), terms, seed);
      assertTrue(Arrays.equals(table.amountsMinor(), again.amountsMinor()));
    }
  }

  @Test
  void equalAndExclusiveSharesSumToTheTotal() {
    for (int i = 0; i < PACKETS; i++) {
      DrawTerms any = randomTerms(PacketKind.LUCKY_LIVE);
      long divisible = any.totalMinor() - any.totalMinor() % any.count();

      assertSplit(any, PacketKind.EQUAL, divisible, any.count());
      assertSplit(any, PacketKind.EXCLUSIVE, any.totalMinor(), 1);
    }
  }

  @Test
  void whatIsDrawnIsVerified() {
    DrawCommitter committer = new DrawCommitter();
    for (int i = 0; i < 300; i++) {
      PacketKind kind = random.nextBoolean() ? PacketKind.LUCKY_LIVE : PacketKind.LUCKY_FAIR;
      DrawTerms terms = randomTerms(kind);
      DrawSeed seed = randomSeed();
      DrawCommitment commitment = committer.commit(terms, seed);
      DrawProof proof = Proofs.of(terms, commitment, seed, random.nextInt(terms.count() + 1));

      DrawVerdict verdict = DrawVerifier.verify(proof, commitment);

      assertTrue(verdict.isOk(), () -> verdict.differences() + " in " + terms);
    }
  }

  private void assertSplit(DrawTerms like, PacketKind kind, long totalMinor, int count) {
    DrawTerms terms =
        new DrawTerms(
            like.packetId(),
            kind,
            totalMinor,
            count,
            like.minimumMinor(),
            like.expiresAtMs(),
            like.nonce());
    assertSplit(terms, ShareTable.draw(chance, terms, randomSeed()));
  }

  private static void assertSplit(DrawTerms terms, ShareTable table) {
    long[] sharesMinor = table.amountsMinor();
    assertEquals(terms.count(), sharesMinor.length);
    assertEquals(terms.totalMinor(), Arrays.stream(sharesMinor).reduce(0, Math::addExact));
    long least = Arrays.stream(sharesMinor).min().orElseThrow();
    assertTrue(least >= terms.minimumMinor(), () -> "too small in " + terms);
  }

  /** Half of the packets are tight (little to spare), the rest of any size up to the largest. */
  private DrawTerms randomTerms(PacketKind kind) {
    int count = 1 + random.nextInt(random.nextBoolean() ? 5 : COUNT_MAX);
    long minimumMinor = random.nextInt(4) > 0 ? 1 : 1 + random.nextInt(500);
    long least = count * minimumMinor;
    long spareMax =
        random.nextBoolean()
            ? 2L * count
            : (DrawTerms.TOTAL_MINOR_MAX - least) >> random.nextInt(50);
    long totalMinor = least + random.nextLong(spareMax + 1);
    byte[] nonce = new byte[random.nextInt(SenderNonce.SIZE_BYTES_MAX + 1)];
    random.nextBytes(nonce);
    return new DrawTerms(
        random.nextLong(1, Long.MAX_VALUE),
        kind,
        totalMinor,
        count,
        minimumMinor,
        random.nextLong(Long.MAX_VALUE),
        SenderNonce.ofBytes(nonce));
  }

  private DrawSeed randomSeed() {
    return new DrawSeed(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static SplittableRandom newRandom() {
    long seed = Long.getLong("hongbao.test.seed", new SecureRandom().nextLong());
    System.out.println("DrawPropertyTest: -Dhongbao.test.seed=" + seed);
    return new SplittableRandom(seed);
  }
}
