// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.redpacket.draw.DrawDifference.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawVerifierTest {

  private static final DrawSeed SEED = new DrawSeed(11, 22, 33, 44);
  private static final DrawTerms TERMS =
      new DrawTerms(
          1203450070000001007L,
          PacketKind.LUCKY_LIVE,
          10_000,
          10,
          1,
          1_767_225_600_000L,
          SenderNonce.ofBytes("pick me".getBytes(StandardCharsets.US_ASCII)));
  private static final DrawCommitment COMMITMENT = new DrawCommitter().commit(TERMS, SEED);
  private static final DrawProof ALL = Proofs.of(TERMS, COMMITMENT, SEED, 10);

  @Test
  void acceptsAnHonestProofWhetherAllSomeOrNoShareWasOpened() {
    for (int openedCount = 0; openedCount <= 10; openedCount++) {
      DrawProof proof = Proofs.of(TERMS, COMMITMENT, SEED, openedCount);

      assertTrue(DrawVerifier.verify(proof, COMMITMENT).isOk());
    }
  }

  @Test
  void namesTheShareThatWasChangedAndWhatWasDrawn() {
    long drawnMinor = ALL.shares().get(2).amountMinor();
    List<OpenedShare> shares = new ArrayList<>(ALL.shares());
    shares.set(2, new OpenedShare(3, drawnMinor - 3));

    List<DrawDifference> differences = verify(Proofs.withShares(ALL, shares));

    assertEquals(
        new DrawDifference(
            Kind.AMOUNT, "share at place 3 is " + (drawnMinor - 3) + ", drawn " + drawnMinor),
        differences.getFirst());
    assertEquals(
        new DrawDifference(Kind.SUM, "all shares are listed, but they sum to 9997, total 10000"),
        differences.get(1));
    assertEquals(2, differences.size());
  }

  @Test
  void seesTwoAmountsThatChangedPlacesThoughTheSumIsRight() {
    List<OpenedShare> shares = new ArrayList<>(ALL.shares());
    shares.set(0, new OpenedShare(1, ALL.shares().get(1).amountMinor()));
    shares.set(1, new OpenedShare(2, ALL.shares().get(0).amountMinor()));

    assertEquals(List.of(Kind.AMOUNT, Kind.AMOUNT), kinds(Proofs.withShares(ALL, shares)));
  }

  @Test
  void seesSharesListedInAnotherOrder() {
    List<OpenedShare> shares = new ArrayList<>(ALL.shares());
    shares.set(0, ALL.shares().get(1));
    shares.set(1, ALL.shares().get(0));

    assertEquals(
        List.of(new DrawDifference(Kind.ORDER, "place 1 is listed after place 2")),
        verify(Proofs.withShares(ALL, shares)));
  }

  @Test
  void seesADuplicateAndTheGapItLeaves() {
    List<OpenedShare> shares = new ArrayList<>(ALL.shares().subList(0, 5));
    shares.set(3, ALL.shares().get(2));

    List<DrawDifference> differences = verify(Proofs.withShares(ALL, shares));

    assertEquals(
        List.of(
            new DrawDifference(Kind.DUPLICATE, "place 3 is listed twice"),
            new DrawDifference(Kind.GAP, "place 4 is missing")),
        differences);
  }

  @Test
  void seesSharesLeftOutBelowTheLast() {
    List<OpenedShare> shares = List.of(ALL.shares().get(1), ALL.shares().get(6));

    assertEquals(
        List.of(
            new DrawDifference(Kind.GAP, "place 1 is missing"),
            new DrawDifference(Kind.GAP, "places 3 to 6 are missing")),
        verify(Proofs.withShares(ALL, shares)));
  }

  @Test
  void seesMoreSharesThanThePacketHas() {
    List<OpenedShare> shares = new ArrayList<>(ALL.shares());
    shares.add(new OpenedShare(11, 1));

    List<Kind> kinds = kinds(Proofs.withShares(ALL, shares));

    assertEquals(List.of(Kind.COUNT, Kind.PLACE, Kind.SUM), kinds);
  }

  @Test
  void seesEveryChangeOfTheTermsByTheCommitment() {
    assertEquals(Kind.COMMITMENT, kinds(Proofs.withNumbers(ALL, 1, 10_001, 10, 1)).getFirst());
    assertEquals(Kind.COMMITMENT, kinds(Proofs.withNumbers(ALL, 1, 10_000, 11, 1)).getFirst());
    assertEquals(Kind.COMMITMENT, kinds(Proofs.withNumbers(ALL, 1, 10_000, 10, 2)).getFirst());
  }

  @Test
  void seesAnotherSeed() {
    DrawProof other = Proofs.of(TERMS, COMMITMENT, new DrawSeed(11, 22, 33, 45), 10);

    assertEquals(List.of(Kind.COMMITMENT), kinds(other));
  }

  /**
   * A server that changed its mind can make a proof that is right in itself; the note is not
   * fooled.
   */
  @Test
  void seesThatTheCommitmentIsNotTheOneNotedOnArrival() {
    DrawSeed otherSeed = new DrawSeed(5, 6, 7, 8);
    DrawCommitment otherCommitment = new DrawCommitter().commit(TERMS, otherSeed);
    DrawProof other = Proofs.of(TERMS, otherCommitment, otherSeed, 10);

    assertTrue(DrawVerifier.verify(other, null).isOk());
    assertEquals(
        Kind.NOTED_COMMITMENT,
        DrawVerifier.verify(other, COMMITMENT).differences().getFirst().kind());
  }

  @Test
  void judgesImpossibleTermsWithoutDrawing() {
    List<DrawProof> impossible =
        List.of(
            Proofs.withNumbers(ALL, 1, 9, 10, 1),
            Proofs.withNumbers(ALL, 1, 0, 10, 1),
            Proofs.withNumbers(ALL, 1, -5, 10, 1),
            Proofs.withNumbers(ALL, 1, Long.MAX_VALUE, 10, 1),
            Proofs.withNumbers(ALL, 1, 10_000, 0, 1),
            Proofs.withNumbers(ALL, 1, 10_000, Long.MIN_VALUE, 1),
            Proofs.withNumbers(ALL, 1, DrawTerms.TOTAL_MINOR_MAX, 1L << 40, 1),
            Proofs.withNumbers(ALL, 1, 10_000, 10, 0),
            Proofs.withNumbers(ALL, 1, 10_000, 10, Long.MAX_VALUE));

    for (DrawProof proof : impossible) {
      DrawVerdict verdict = DrawVerifier.verify(proof, null);

      assertNull(verdict.table());
      assertEquals(Kind.TERMS, verdict.differences().getFirst().kind());
    }
  }

  @Test
  void doesNotJudgeByRulesItDoesNotKnow() {
    assertEquals(List.of(Kind.RULE), kinds(Proofs.withNumbers(ALL, 2, 10_000, 10, 1)));
  }

  @Test
  void isNotFooledByAmountsThatOverflow() {
    List<OpenedShare> shares =
        List.of(
            new OpenedShare(1, Long.MIN_VALUE),
            new OpenedShare(2, Long.MAX_VALUE),
            new OpenedShare(Long.MAX_VALUE, 1),
            new OpenedShare(-1, Long.MAX_VALUE));

    List<Kind> kinds = kinds(Proofs.withShares(ALL, shares));

    assertEquals(List.of(Kind.PLACE, Kind.PLACE, Kind.AMOUNT, Kind.AMOUNT, Kind.SUM), kinds);
  }

  private static List<DrawDifference> verify(DrawProof proof) {
    return DrawVerifier.verify(proof, COMMITMENT).differences();
  }

  private static List<Kind> kinds(DrawProof proof) {
    return verify(proof).stream().map(DrawDifference::kind).toList();
  }
}
