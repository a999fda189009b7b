// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.person;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.TestLinks;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonAnswer.AttemptOpen;
import io.hongbao.person.PersonAnswer.Done;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonAnswer.LoginTold;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.person.PersonCommand.ReadLogin;
import org.junit.jupiter.api.Test;

/** Names, phones and external ids belong to one user at a time, wherever the users live. */
class HandleTest {

  private static final long ANNA = 10_001;
  private static final long BERT = 10_002;
  private static final long OVER_MS = PersonLimits.CLAIM_MS + PersonLimits.QUESTION_AFTER_MS + 1;

  private final PersonBench bench = new PersonBench(4, 8);

  @Test
  void aRegisteredPersonOwnsNameAndPhone() {
    PersonShown shown = bench.register(ANNA, "anna", "+8613800000001").as(PersonShown.class);

    assertEquals("anna", shown.userName());
    assertEquals("+86138****0001", shown.phoneMasked());
    assertTrue(shown.hasPassword());
    assertEquals(ANNA, bench.ownerOf(PersonBench.name("anna")));
    assertEquals(ANNA, bench.ownerOf(PersonBench.phone("+8613800000001")));
    assertTrue(bench.handle(PersonBench.name("anna")).isOwned());
    bench.checkAll();
  }

  @Test
  void aTakenHandleIsRefusedByItsKind() {
    bench.register(ANNA, "anna", "+8613800000001");

    for (HandleKind kind : HandleKind.values()) {
      Heard heard = bench.claim(kind, PersonBench.name("anna"), BERT);
      assertEquals(kind.taken(), heard.refusal());
    }
  }

  @Test
  void aClaimKeepsTheHandleFromOthersUntilItIsDropped() {
    Claim claim = bench.claimed(HandleKind.NAME, PersonBench.name("anna"), ANNA);
    assertEquals(
        RefusalCode.NAME_TAKEN,
        bench.claim(HandleKind.NAME, PersonBench.name("anna"), BERT).refusal());

    bench.askHandle(new DropClaim(claim.hash(), ANNA, claim.untilMs())).as(Done.class);

    bench.claim(HandleKind.NAME, PersonBench.name("anna"), BERT).as(HandleKept.class);
    bench.checkAll();
  }

  @Test
  void aClaimThatNobodyUsesIsFreeAfterItsDeadline() {
    bench.claimed(HandleKind.NAME, PersonBench.name("anna"), ANNA);

    bench.harness.advance(OVER_MS);
    bench.harness.settleTransfers();

    assertEquals(0, bench.ownerOf(PersonBench.name("anna")));
    bench.checkAll();
  }

  @Test
  void nothingIsRegisteredUnderAClaimThatIsOver() {
    Claim name = bench.claimed(HandleKind.NAME, PersonBench.name("anna"), ANNA);
    Claim phone = bench.claimed(HandleKind.PHONE, PersonBench.phone("+1"), ANNA);

    bench.harness.clock().advance(PersonLimits.CLAIM_MS);

    assertEquals(RefusalCode.OVERLOADED, bench.register(ANNA, "anna", name, phone).refusal());
  }

  // The question must not take away what the answer to the registration has promised.
  @Test
  void aRegistrationWhoseWordIsStillOnItsWaySurvivesTheQuestion() {
    bench.harness.links().cut(batch -> true);
    bench.register(ANNA, "anna", "+8613800000001").as(PersonShown.class);
    assertFalse(bench.handle(PersonBench.name("anna")).isOwned());

    bench.harness.advance(OVER_MS);
    bench.harness.links().cut(batch -> false);
    bench.harness.settleTransfers();

    assertTrue(bench.handle(PersonBench.name("anna")).isOwned());
    assertEquals(ANNA, bench.ownerOf(PersonBench.name("anna")));
    bench.checkAll();
  }

  @Test
  void anExternalIdMovesOnlyWhenItsUserLetsGo() {
    bench.externalId(ANNA, "crm-1").as(PersonShown.class);
    assertEquals(
        RefusalCode.EXTERNAL_ID_TAKEN,
        bench.claim(HandleKind.EXTERNAL_ID, PersonBench.external("crm-1"), BERT).refusal());

    bench.externalId(ANNA, "crm-2").as(PersonShown.class);
    bench.externalId(BERT, "crm-1").as(PersonShown.class);

    assertEquals(BERT, bench.ownerOf(PersonBench.external("crm-1")));
    assertEquals(ANNA, bench.ownerOf(PersonBench.external("crm-2")));
    bench.checkAll();
  }

  // Between letting go and taking back nobody else may get it, although the words travel.
  @Test
  void whoTakesBackWhatHeLetGoOfKeepsIt() {
    bench.externalId(ANNA, "crm-1");
    bench.harness.links().cut(batch -> true);
    bench.externalId(ANNA, "crm-2");
    Claim again = bench.claimed(HandleKind.EXTERNAL_ID, PersonBench.external("crm-1"), ANNA);
    bench.harness.links().cut(batch -> false);
    bench.harness.settleTransfers();

    assertEquals(
        RefusalCode.EXTERNAL_ID_TAKEN,
        bench.claim(HandleKind.EXTERNAL_ID, PersonBench.external("crm-1"), BERT).refusal());
    bench.externalId(ANNA, "crm-1", again).as(PersonShown.class);

    assertEquals(ANNA, bench.ownerOf(PersonBench.external("crm-1")));
    assertTrue(bench.handle(PersonBench.external("crm-1")).isOwned());
    assertEquals(0, bench.ownerOf(PersonBench.external("crm-2")));
    bench.checkAll();
  }

  @Test
  void aHandleWithHalfOfAnothersHashIsNotItsOwner() {
    bench.register(ANNA, "anna", "+8613800000001");
    HandleHash name = PersonBench.name("anna");
    HandleHash half = new HandleHash(name.high(), name.low() + 1);

    assertEquals(0, bench.ownerOf(half));
    assertEquals(
        RefusalCode.NAME_TAKEN, bench.ask(new ClaimHandle(HandleKind.NAME, half, BERT)).refusal());
  }

  // After a restart on a machine whose clock is behind, the handle's partition has seen a later
  // time
  // than the user's: a registration that is in time there may still come.
  @Test
  void theQuestionWaitsForAUserWhosePartitionHasNotComeSoFar() {
    Claim name = bench.claimed(HandleKind.NAME, PersonBench.name("anna"), ANNA);
    Claim phone = bench.claimed(HandleKind.PHONE, PersonBench.phone("+1"), ANNA);
    int home = name.hash().partition(4);
    assertTrue(home != bench.harness.partitionOf(ANNA), "the names lie well");
    bench.harness.clock().advance(OVER_MS);
    bench.harness.turn(home);
    bench.harness.force(home);
    bench.harness.crash();
    bench.harness.clock().advance(-OVER_MS);
    bench.harness.settleTransfers();
    assertEquals(ANNA, bench.ownerOf(name.hash()), "still kept for her");

    bench.register(ANNA, "anna", name, phone).as(PersonShown.class);
    bench.harness.settleTransfers();

    assertTrue(bench.handle(name.hash()).isOwned());
    bench.checkAll();
  }

  @Test
  void aLoginIsGivenToOneWhoIsOnlyANumberSoFar() {
    PersonShown shown = bench.giveLogin(ANNA, "anna").as(PersonShown.class);

    assertTrue(shown.isKnown() && shown.hasPassword());
    assertEquals("anna", shown.userName());
    assertEquals("", shown.phoneMasked());
    assertTrue(bench.handle(PersonBench.name("anna")).isOwned());
    LoginTold told = bench.ask(new ReadLogin(ANNA)).as(LoginTold.class);
    assertEquals("anna", told.userName());
    assertFalse((told + " " + new GiveLogin(ANNA, "n", Claim.NONE, "$argon2")).contains("argon2"));
    bench.ask(new BeginAttempt(ANNA, PersonBench.name("anna"))).as(AttemptOpen.class);
    bench.checkAll();
  }

  @Test
  void aLoginThatIsGivenKeepsEverythingElseOfThePersonAndFreesTheNameBefore() {
    bench.register(ANNA, "anna", "+8613800000001");
    bench.externalId(ANNA, "crm-1");

    PersonShown shown = bench.giveLogin(ANNA, "anna.lin").as(PersonShown.class);

    assertEquals("anna.lin", shown.userName());
    assertEquals("+86138****0001", shown.phoneMasked());
    assertEquals("crm-1", shown.profile().externalId());
    assertEquals(PersonBench.PASSWORD_HASH + "anna.lin", bench.person(ANNA).passwordHash());
    assertEquals(0, bench.ownerOf(PersonBench.name("anna")));
    assertEquals(ANNA, bench.ownerOf(PersonBench.phone("+8613800000001")));
    bench.giveLogin(BERT, "anna").as(PersonShown.class);
    assertEquals(BERT, bench.ownerOf(PersonBench.name("anna")));
    bench.checkAll();
  }

  @Test
  void theSameNameIsGivenAgainWithAnotherPassword() {
    bench.giveLogin(ANNA, "anna");

    bench.giveLogin(ANNA, "anna").as(PersonShown.class);

    assertTrue(bench.handle(PersonBench.name("anna")).isOwned());
    assertFalse(bench.handle(PersonBench.name("anna")).isClaimed());
    bench.checkAll();
  }

  @Test
  void noLoginIsGivenUnderAClaimThatIsOver() {
    Claim claim = bench.claimed(HandleKind.NAME, PersonBench.name("anna"), ANNA);

    bench.harness.clock().advance(PersonLimits.CLAIM_MS);

    assertEquals(RefusalCode.OVERLOADED, bench.giveLogin(ANNA, "anna", claim).refusal());
  }

  @Test
  void neitherLostNorOwnedTwiceWhateverIsLostOrCrashes() {
    for (long seed = 1; seed <= 25; seed++) {
      HandleStorm storm = new HandleStorm(seed);
      storm.rage(new TestLinks.Faults(20, 20, 30), 400);
      storm.calm();
      storm.check();
    }
  }
}
