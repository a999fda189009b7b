// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.Refusal;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonAnswer.AddressShown;
import io.hongbao.person.PersonAnswer.AttemptOpen;
import io.hongbao.person.PersonAnswer.Done;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.ChangePassword;
import io.hongbao.person.PersonCommand.EndAttempt;
import io.hongbao.person.PersonCommand.FailAddress;
import io.hongbao.person.PersonCommand.ForgiveAttempts;
import io.hongbao.person.PersonCommand.ReadAddress;
import io.hongbao.person.PersonCommand.ReadPerson;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who fails too often has to wait until the day is over, also across a crash. */
class AttemptTest {

  private static final long ANNA = 10_001;
  private static final HandleHash NAME = PersonBench.name("anna");
  private static final int FAILURES = PersonBench.LIMITS.failuresPerUserMax();

  private final PersonBench bench = new PersonBench(4, 9);

  @BeforeEach
  void register() {
    bench.register(ANNA, "anna", "+8613800000001");
  }

  private Heard begin() {
    return bench.ask(new BeginAttempt(ANNA, NAME));
  }

  private AddressShown fail(String address) {
    return bench.ask(new FailAddress(PersonBench.hash(address))).as(AddressShown.class);
  }

  private AddressShown address(String address) {
    return bench.ask(new ReadAddress(PersonBench.hash(address))).as(AddressShown.class);
  }

  @Test
  void anAttemptGivesTheHashAndCountsAtOnce() {
    AttemptOpen open = begin().as(AttemptOpen.class);

    assertEquals(PersonBench.PASSWORD_HASH, open.passwordHash());
    assertEquals(1, open.failures());
    assertFalse(open.toString().contains("argon2"));
  }

  @Test
  void aSuccessDoesNotCount() {
    for (int i = 0; i < 3 * FAILURES; i++) {
      begin().as(AttemptOpen.class);
      assertTrue(bench.ask(new EndAttempt(ANNA)).as(Done.class).isChanged());
    }

    assertEquals(0, bench.person(ANNA).failures());
    bench.checkAll();
  }

  @Test
  void guessesThatRunSideBySideAreBoundedToo() {
    for (int i = 0; i < FAILURES; i++) {
      begin().as(AttemptOpen.class);
    }

    assertEquals(RefusalCode.LOGIN_BLOCKED, begin().refusal());
  }

  @Test
  void theBlockLastsUntilTheDayEndsInItsZoneAndSurvivesACrash() {
    for (int i = 0; i < FAILURES; i++) {
      begin();
    }
    bench.harness.crash();

    Refusal refusal = begin().as(Refusal.class);

    long nowMs = bench.harness.nowMs();
    Instant midnight = Instant.ofEpochMilli(nowMs + refusal.retryAfterMs());
    assertEquals(0, midnight.atZone(ZoneId.of("Asia/Shanghai")).toLocalTime().toSecondOfDay());
    bench.harness.advance(refusal.retryAfterMs() - 1);
    assertEquals(RefusalCode.LOGIN_BLOCKED, begin().refusal());
    bench.harness.advance(1);
    assertEquals(1, begin().as(AttemptOpen.class).failures());
    bench.checkAll();
  }

  @Test
  void anAttemptThatEndsOnTheNextDayTakesNothingOff() {
    begin();
    bench.harness.advance(bench.person(ANNA).dayEndsMs() - bench.harness.nowMs());

    assertFalse(bench.ask(new EndAttempt(ANNA)).as(Done.class).isChanged());
  }

  @Test
  void anOperatorLiftsTheBlock() {
    for (int i = 0; i < FAILURES; i++) {
      begin();
    }

    assertTrue(bench.ask(new ForgiveAttempts(ANNA, "root")).as(Done.class).isChanged());

    begin().as(AttemptOpen.class);
    bench.checkAll();
  }

  @Test
  void whoIsFoundByAHandleThatHeLostIsNotFound() {
    assertEquals(
        RefusalCode.NOT_FOUND,
        bench.ask(new BeginAttempt(ANNA, PersonBench.name("bert"))).refusal());
    assertEquals(RefusalCode.NOT_FOUND, bench.ask(new BeginAttempt(77, NAME)).refusal());
  }

  @Test
  void aPasswordIsReplacedOnlyIfItIsTheExpectedOne() {
    ChangePassword wrong = new ChangePassword(ANNA, PasswordCause.CHANGED, "other", "$new");
    assertFalse(bench.ask(wrong).as(Done.class).isChanged());

    ChangePassword right =
        new ChangePassword(ANNA, PasswordCause.REHASHED, PersonBench.PASSWORD_HASH, "$new");
    assertTrue(bench.ask(right).as(Done.class).isChanged());

    assertEquals("$new", begin().as(AttemptOpen.class).passwordHash());
    bench.checkAll();
  }

  @Test
  void whoNeverRegisteredIsShownAsANumber() {
    PersonShown shown = bench.ask(new ReadPerson(4_711)).as(PersonShown.class);

    assertFalse(shown.isKnown());
    assertEquals(4_711, shown.userId());
  }

  @Test
  void anAddressIsBlockedAfterItsFailuresUntilTheDayEnds() {
    for (int i = 1; i < PersonBench.LIMITS.failuresPerAddressMax(); i++) {
      assertFalse(fail("192.0.2.7").isBlocked());
    }
    AddressShown last = fail("192.0.2.7");

    assertTrue(last.isBlocked());
    assertFalse(address("192.0.2.8").isBlocked());
    bench.harness.crash();
    assertTrue(address("192.0.2.7").isBlocked());
    bench.checkAll();
    bench.harness.advance(last.dayEndsMs() - bench.harness.nowMs());
    assertFalse(address("192.0.2.7").isBlocked());
    for (int partition = 0; partition < 4; partition++) {
      assertEquals(0, bench.state(partition).addressCount());
    }
    bench.checkAll();
  }

  @Test
  void theAddressWithTheFewestFailuresMakesRoom() {
    PersonBench one = new PersonBench(1, 3);
    for (String address : new String[] {"a", "b", "c", "d"}) {
      one.ask(new FailAddress(PersonBench.hash(address)));
      one.ask(new FailAddress(PersonBench.hash(address)));
    }
    one.ask(new FailAddress(PersonBench.hash("a")));

    one.ask(new FailAddress(PersonBench.hash("e")));

    assertEquals(PersonBench.LIMITS.addressesMax(), one.state(0).addressCount());
    assertEquals(3, one.state(0).address(PersonBench.hash("a")).count());
    assertEquals(null, one.state(0).address(PersonBench.hash("b")));
    one.checkAll();
  }
}
