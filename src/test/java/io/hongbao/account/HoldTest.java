// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.account;

import static io.hongbao.account.AccountBench.CNY;
import static io.hongbao.account.AccountBench.OPERATOR;
import static io.hongbao.account.AccountBench.USER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.engine.Heard;
import io.hongbao.engine.TestKeys;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Money set aside: what its deadline does, and what it never does. */
class HoldTest {

  private static final long HOUR_MS = 3_600_000L;

  private final AccountBench bench = new AccountBench();

  @BeforeEach
  void fund() {
    bench.topUp(USER, CNY, 1_000);
  }

  static PlaceHold internal(AccountBench bench, long amountMinor, long deadlineMs) {
    return place(bench, amountMinor, Hold.Kind.INTERNAL, deadlineMs);
  }

  static PlaceHold place(AccountBench bench, long amountMinor, Hold.Kind kind, long deadlineMs) {
    return new PlaceHold(
        TestKeys.key(bench.nextKey()),
        USER,
        CNY,
        amountMinor,
        kind,
        deadlineMs,
        "order 7",
        OPERATOR);
  }

  static PostHold post(AccountBench bench, long holdId, long amountMinor, String receipt) {
    return new PostHold(
        TestKeys.key(bench.nextKey()), USER, holdId, amountMinor, receipt, OPERATOR);
  }

  private ReleaseHold release(long holdId, String receipt) {
    return new ReleaseHold(TestKeys.key(bench.nextKey()), USER, holdId, receipt, OPERATOR);
  }

  private long hold(Hold.Kind kind, long amountMinor) {
    return bench
        .ask(place(bench, amountMinor, kind, bench.harness.nowMs() + HOUR_MS))
        .as(HoldShown.class)
        .hold()
        .id();
  }

  private HoldShown shown(long holdId) {
    return bench.ask(new ReadHold(USER, holdId)).as(HoldShown.class);
  }

  @ParameterizedTest
  @EnumSource(Hold.Kind.class)
  void setsMoneyAside(Hold.Kind kind) {
    long id = hold(kind, 300);

    bench.expectBalance(1_000, 300);
    HoldShown shown = shown(id);
    assertEquals(HoldStage.OPEN, shown.stage());
    assertEquals(300, shown.hold().leftMinor());
    assertEquals("order 7", shown.note().reason());
    bench.harness.checkRebuild();
  }

  @ParameterizedTest
  @CsvSource({
    "9, 0, 0, MALFORMED_REQUEST",
    "9, 0, 31622400001, MALFORMED_REQUEST",
    "9, 0, 1, UNKNOWN_ASSET",
    "1, 0, 1, AMOUNT_OUT_OF_RANGE",
    "1, 1000000001, 1, AMOUNT_OUT_OF_RANGE",
    "1, 1001, 1, INSUFFICIENT_FUNDS",
    "2, 1, 1, INSUFFICIENT_FUNDS",
  })
  void refusesAHoldInOrder(int asset, long amountMinor, long afterMs, RefusalCode expected) {
    PlaceHold command =
        new PlaceHold(
            TestKeys.key(bench.nextKey()),
            USER,
            asset,
            amountMinor,
            Hold.Kind.INTERNAL,
            bench.harness.nowMs() + afterMs,
            "",
            OPERATOR);

    assertEquals(expected, bench.ask(command).refusal());
  }

  @Test
  void holdsNoMoreThanIsAvailable() {
    hold(Hold.Kind.INTERNAL, 700);

    Heard tooMuch = bench.ask(internal(bench, 301, bench.harness.nowMs() + HOUR_MS));
    Heard rest = bench.ask(internal(bench, 300, bench.harness.nowMs() + HOUR_MS));

    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, tooMuch.refusal());
    assertEquals(300, rest.as(HoldShown.class).hold().leftMinor());
    bench.expectBalance(1_000, 1_000);
  }

  @ParameterizedTest
  @EnumSource(Hold.Kind.class)
  void postsPartByPart(Hold.Kind kind) {
    long id = hold(kind, 300);

    HoldShown part = bench.ask(post(bench, id, 100, "")).as(HoldShown.class);
    bench.expectBalance(900, 200);
    HoldShown rest = bench.ask(post(bench, id, PostHold.ALL, "")).as(HoldShown.class);

    assertEquals(HoldStage.OPEN, part.stage());
    assertEquals(100, part.note().postedMinor());
    assertEquals(HoldStage.POSTED, rest.stage());
    assertEquals(300, rest.note().postedMinor());
    bench.expectBalance(700, 0);
    assertEquals(-700, bench.harness.systemMinor(AccountKind.CLEARING, CNY));
    bench.harness.checkRebuild();
  }

  @Test
  void refusesAPostInOrder() {
    long id = hold(Hold.Kind.INTERNAL, 300);

    assertEquals(RefusalCode.MALFORMED_REQUEST, bench.ask(post(bench, 5, -1, "")).refusal());
    assertEquals(RefusalCode.HOLD_NOT_FOUND, bench.ask(post(bench, 5, 999, "")).refusal());
    assertEquals(RefusalCode.HOLD_AMOUNT, bench.ask(post(bench, id, 301, "")).refusal());
    bench.ask(post(bench, id, 0, ""));
    assertEquals(RefusalCode.HOLD_CLOSED, bench.ask(post(bench, id, 999, "slip")).refusal());
    bench.harness.checkRebuild();
  }

  @Test
  void hidesAnotherUsersHold() {
    long id = hold(Hold.Kind.INTERNAL, 300);
    long neighbour = USER + 4_000;

    assertEquals(RefusalCode.HOLD_NOT_FOUND, bench.ask(new ReadHold(neighbour, id)).refusal());
    assertEquals(
        RefusalCode.HOLD_NOT_FOUND,
        bench
            .ask(new PostHold(TestKeys.key(bench.nextKey()), neighbour, id, 0, "", OPERATOR))
            .refusal());
    assertEquals(
        RefusalCode.HOLD_NOT_FOUND,
        bench
            .ask(new ReleaseHold(TestKeys.key(bench.nextKey()), neighbour, id, "", OPERATOR))
            .refusal());
  }

  @Test
  void releasesAnInternalHoldOnRequest() {
    long id = hold(Hold.Kind.INTERNAL, 300);
    bench.ask(post(bench, id, 100, ""));

    HoldShown released = bench.ask(release(id, "")).as(HoldShown.class);

    assertEquals(HoldStage.RELEASED, released.stage());
    bench.expectBalance(900, 0);
    assertEquals(RefusalCode.HOLD_CLOSED, bench.ask(release(id, "slip")).refusal());
    bench.harness.checkRebuild();
  }

  @Test
  void releasesAnInternalHoldByItselfAtItsDeadline() {
    long id = hold(Hold.Kind.INTERNAL, 300);
    bench.harness.advance(HOUR_MS - 1);
    bench.expectBalance(1_000, 300);

    bench.harness.advance(1);

    bench.expectBalance(1_000, 0);
    assertEquals(HoldStage.RELEASED, shown(id).stage());
    assertTrue(bench.harness.takeEffects().isEmpty());
    bench.harness.checkRebuild();
  }

  @Test
  void takesNothingFromAnInternalHoldPastItsDeadlineEvenBeforeTheTimer() {
    long id = hold(Hold.Kind.INTERNAL, 300);
    bench.harness.clock().advance(HOUR_MS);

    Heard heard = bench.harness.submit(bench.harness.partitionOf(USER), post(bench, id, 0, "x"));
    bench.harness.settle();

    assertEquals(RefusalCode.HOLD_CLOSED, heard.refusal());
    bench.expectBalance(1_000, 0);
  }

  @Test
  void neverReleasesAnExternalHoldByItself() {
    long id = hold(Hold.Kind.EXTERNAL, 300);

    bench.harness.advance(30 * 24 * HOUR_MS);

    bench.expectBalance(1_000, 300);
    assertEquals(HoldStage.QUERYING, shown(id).stage());
    assertEquals(RefusalCode.HOLD_OUTCOME_UNKNOWN, bench.ask(release(id, "")).refusal());
    bench.expectBalance(1_000, 300);
    assertEquals(HoldStage.RELEASED, bench.ask(release(id, "slip")).as(HoldShown.class).stage());
    assertEquals("slip", shown(id).note().receipt());
    bench.expectBalance(1_000, 0);
    bench.harness.checkRebuild();
  }

  @Test
  void asksTheOutsideAtGrowingDistances() {
    long id = hold(Hold.Kind.EXTERNAL, 300);
    bench.harness.advance(HOUR_MS - 1);
    assertTrue(bench.harness.takeEffects().isEmpty());

    List<Long> askedAfterS = new ArrayList<>();
    for (int second = 0; second <= 3_000; second++) {
      bench.harness.advance(second == 0 ? 1 : 1_000);
      for (var effect : bench.harness.takeEffects()) {
        assertEquals(new AskHold(id, USER, CNY, 300), effect);
        askedAfterS.add((long) second);
      }
    }

    assertEquals(List.of(0L, 30L, 60L, 120L, 240L, 480L, 960L, 1560L, 2160L, 2760L), askedAfterS);
    bench.ask(post(bench, id, 0, ""));
    bench.harness.advance(HOUR_MS);
    assertTrue(bench.harness.takeEffects().isEmpty(), "a known outcome is not asked after");
  }

  @Test
  void asksAgainAfterARestart() {
    hold(Hold.Kind.EXTERNAL, 300);
    bench.harness.advance(2 * HOUR_MS);
    bench.harness.takeEffects();

    bench.harness.restartFromSnapshots();
    bench.harness.settle();
    assertEquals(1, bench.harness.takeEffects().size());
    bench.harness.crash();
    bench.harness.settle();

    assertEquals(1, bench.harness.takeEffects().size());
    bench.expectBalance(1_000, 300);
  }

  @Test
  void anExternalHoldCanBePostedPastItsDeadline() {
    long id = hold(Hold.Kind.EXTERNAL, 300);
    bench.harness.advance(5 * HOUR_MS);

    bench.ask(post(bench, id, 0, ""));

    bench.expectBalance(700, 0);
  }

  // Late success: the bank says "failed", later "it did go through after all".

  @Test
  void paysALateSuccessFromSuspense() {
    long id = hold(Hold.Kind.EXTERNAL, 300);
    bench.ask(post(bench, id, 50, ""));
    bench.ask(release(id, "bank said failed"));
    bench.expectBalance(950, 0);

    HoldShown late = bench.ask(post(bench, id, 100, "bank letter 12")).as(HoldShown.class);

    bench.expectBalance(950, 0);
    assertEquals(-100, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
    assertEquals(-850, bench.harness.systemMinor(AccountKind.CLEARING, CNY));
    assertEquals(100, late.note().lateMinor());
    assertEquals(HoldStage.RELEASED, late.stage());
    bench.harness.checkRebuild();
    // No more than what was given back.
    assertEquals(RefusalCode.HOLD_AMOUNT, bench.ask(post(bench, id, 151, "letter 13")).refusal());
    bench.ask(post(bench, id, PostHold.ALL, "letter 13"));
    assertEquals(-250, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
    assertEquals(RefusalCode.HOLD_CLOSED, bench.ask(post(bench, id, 0, "letter 14")).refusal());
    bench.harness.checkRebuild();
  }

  @Test
  void takesNoLateSuccessWithoutAReceiptOrForAnInternalHold() {
    long external = hold(Hold.Kind.EXTERNAL, 300);
    long internal = hold(Hold.Kind.INTERNAL, 300);
    bench.ask(release(external, "bank said failed"));
    bench.ask(release(internal, ""));

    assertEquals(RefusalCode.HOLD_CLOSED, bench.ask(post(bench, external, 0, "")).refusal());
    assertEquals(RefusalCode.HOLD_CLOSED, bench.ask(post(bench, internal, 0, "slip")).refusal());
    assertEquals(0, bench.harness.systemMinor(AccountKind.SUSPENSE, CNY));
  }

  @Test
  void answersRepeatsByTheHoldAsItStands() {
    PlaceHold place = place(bench, 300, Hold.Kind.EXTERNAL, bench.harness.nowMs() + HOUR_MS);
    long id = bench.ask(place).as(HoldShown.class).hold().id();
    PostHold post = post(bench, id, 100, "");
    bench.ask(post);

    Heard postAgain = bench.ask(post);
    Heard placeAgain = bench.ask(place);

    assertTrue(postAgain.isRepeated() && placeAgain.isRepeated());
    assertEquals(100, postAgain.as(HoldShown.class).note().postedMinor());
    assertEquals(id, placeAgain.as(HoldShown.class).hold().id());
    bench.expectBalance(900, 200);
  }

  @Test
  void forgetsAClosedHoldThreeDaysLaterOnceItIsExported() {
    long closed = hold(Hold.Kind.INTERNAL, 100);
    long open = hold(Hold.Kind.EXTERNAL, 100);
    bench.ask(post(bench, closed, 0, ""));
    bench.exported = false;
    bench.harness.advance(72 * HOUR_MS + 1);
    assertNotNull(accounts().note(closed));

    bench.exported = true;
    bench.harness.advance(60_000);

    assertNull(accounts().note(closed));
    assertNotNull(accounts().note(open));
    assertEquals(RefusalCode.HOLD_NOT_FOUND, bench.ask(new ReadHold(USER, closed)).refusal());
    bench.harness.checkRebuild();
  }

  @Test
  void aLateSuccessKeepsTheHoldForItsOwnThreeDays() {
    long id = hold(Hold.Kind.EXTERNAL, 100);
    bench.ask(release(id, "failed"));
    bench.harness.advance(71 * HOUR_MS);
    PostHold late = post(bench, id, 0, "letter");
    bench.ask(late);

    bench.harness.advance(71 * HOUR_MS);
    assertTrue(bench.ask(late).isRepeated());
    assertNotNull(accounts().note(id));
    bench.harness.restartFromSnapshots();
    bench.harness.advance(HOUR_MS + 1);

    assertNull(accounts().note(id));
    bench.harness.checkRebuild();
  }

  private Accounts accounts() {
    return bench.harness.family(bench.harness.partitionOf(USER), AccountFamily.class).state();
  }
}
