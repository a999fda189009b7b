// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.engine.PartitionHarness;
import io.hongbao.person.HandleHash;
import io.hongbao.person.HandleKind;
import io.hongbao.person.PasswordCause;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonCommand;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.ChangePassword;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.EndAttempt;
import io.hongbao.person.PersonCommand.FailAddress;
import io.hongbao.person.PersonCommand.ForgiveAttempts;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.person.PersonCommand.RegisterPerson;
import io.hongbao.person.PersonLimits;
import io.hongbao.session.CloseCause;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.OpenLogin;
import io.hongbao.session.SessionCommand.RefreshLogin;
import io.hongbao.session.TokenSmith.RefreshPlace;

/** The part of the golden scenario in which people register, log in and fail. */
final class GoldenPeople {

  private static final long ANNA = 40_001;
  private static final long BERT = 40_002;
  private static final long SLOW = 40_003;
  private static final long OVER_MS = PersonLimits.CLAIM_MS + 10_000;
  private static final String HASH = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$Z29sZGVu";

  private final PartitionHarness harness;

  GoldenPeople(PartitionHarness harness) {
    this.harness = harness;
  }

  // In a partition of its own choice, since its half is what the slot is made of, and long enough
  // that no other number contains it.
  private static HandleHash hash(long number) {
    return new HandleHash(
        2 * (number + 1_000 * 3_725_290_298_461_914L), number * 0x9E3779B97F4A7C15L);
  }

  private int partitionOf(HandleHash hash) {
    return hash.partition(GoldenScenario.PARTITIONS);
  }

  private Claim claim(HandleKind kind, HandleHash hash, long userId) {
    HandleKept kept =
        harness.ask(partitionOf(hash), new ClaimHandle(kind, hash, userId)).as(HandleKept.class);
    return new Claim(hash, kept.untilMs());
  }

  private static RegisterPerson registration(long userId, String name, Claim own, Claim phone) {
    return new RegisterPerson(userId, name, own, "+86138****0001", phone, HASH, "安娜");
  }

  private static ChangeProfile external(long userId, String id, Claim claim) {
    return new ChangeProfile(userId, id, claim, "Bert", "https://cdn.example.com/b.png", "上海");
  }

  private void submit(PersonCommand command, long userId) {
    harness.submit(harness.partitionOf(userId), command);
  }

  /** Leaves one transfer of each kind under way; nothing may be delivered afterwards. */
  void leaveTransfersUnderWay() {
    harness.askOwner(BERT, external(BERT, "crm-1", claim(HandleKind.EXTERNAL_ID, hash(1), BERT)));
    harness.settleTransfers();
    Claim name = claim(HandleKind.NAME, hash(2), ANNA);
    Claim phone = claim(HandleKind.PHONE, hash(3), ANNA);
    Claim other = claim(HandleKind.EXTERNAL_ID, hash(4), BERT);
    // In a partition without any of the others' users: its time runs ahead.
    HandleHash asked = hash(8);
    claim(HandleKind.NAME, asked, SLOW);
    harness.settleTransfers();
    // The user's partition has not come as far as the handle's: it asks to be asked again.
    harness.clock().advance(OVER_MS);
    harness.turn(partitionOf(asked));
    harness.force(partitionOf(asked));
    harness.turn(partitionOf(asked));
    harness.clock().advance(-OVER_MS);
    harness.deliver();
    harness.force(harness.partitionOf(SLOW));
    submit(registration(ANNA, "anna", name, phone), ANNA);
    submit(external(BERT, "crm-2", other), BERT);
  }

  /** All the rest. */
  void live() {
    HandleHash lost = hash(6);
    claim(HandleKind.NAME, lost, SLOW);
    harness.advance(OVER_MS);
    harness.settleTransfers();
    Claim dropped = claim(HandleKind.NAME, lost, SLOW);
    harness.ask(partitionOf(lost), new DropClaim(lost, SLOW, dropped.untilMs()));
    Claim given = claim(HandleKind.NAME, hash(9), ANNA);
    harness.askOwner(ANNA, new GiveLogin(ANNA, "anna.lin", given, HASH + "W"));
    harness.askOwner(ANNA, new ChangePassword(ANNA, PasswordCause.CHANGED, HASH + "W", HASH + "X"));
    for (int i = 0; i < 3; i++) {
      harness.askOwner(ANNA, new BeginAttempt(ANNA, hash(9)));
    }
    harness.askOwner(ANNA, new EndAttempt(ANNA));
    harness.askOwner(ANNA, new ForgiveAttempts(ANNA, "root"));
    harness.askOwner(ANNA, new BeginAttempt(ANNA, HandleHash.NONE));
    HandleHash address = hash(7);
    harness.ask(partitionOf(address), new FailAddress(address));
    logins();
  }

  private void logins() {
    Pair first = harness.askOwner(ANNA, new OpenLogin(ANNA, "Pixel 9")).as(Pair.class);
    harness.askOwner(ANNA, new OpenLogin(ANNA, ""));
    harness.askOwner(ANNA, new RefreshLogin(new RefreshPlace(ANNA, first.sessionId(), 1)));
    harness.askOwner(ANNA, new CloseLogin(ANNA, first.sessionId(), CloseCause.LOGOUT));
  }
}
