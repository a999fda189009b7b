// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.hongbao.engine.AuditFacts;
import io.hongbao.engine.Decision;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.PersonAnswer.AttemptOpen;
import io.hongbao.person.PersonAnswer.Done;
import io.hongbao.person.PersonAnswer.LoginTold;
import io.hongbao.person.PersonAnswer.PasswordTold;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand.AskPassword;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.ChangePassword;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.EndAttempt;
import io.hongbao.person.PersonCommand.ForgiveAttempts;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.person.PersonCommand.ReadLogin;
import io.hongbao.person.PersonCommand.ReadPerson;
import io.hongbao.person.PersonCommand.RegisterPerson;
import io.hongbao.person.PersonEvent.AttemptBegun;
import io.hongbao.person.PersonEvent.AttemptSucceeded;
import io.hongbao.person.PersonEvent.AttemptsForgiven;
import io.hongbao.person.PersonEvent.ClaimAnswered;
import io.hongbao.person.PersonEvent.LoginGiven;
import io.hongbao.person.PersonEvent.PasswordChanged;
import io.hongbao.person.PersonEvent.PersonRegistered;
import io.hongbao.person.PersonEvent.ProfileChanged;
import io.hongbao.person.PersonTransfer.AskClaim;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Registers people, changes what they say of themselves, and counts how often somebody failed to
 * prove that he is one of them.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class PersonDesk {

  private static final long RETRY_MS = 1_000;

  private final People state;
  private final PersonLimits limits;

  PersonDesk(People state, PersonLimits limits) {
    this.state = state;
    this.limits = limits;
  }

  void register(RegisterPerson c, Decision decision) {
    mustLiveHere(c.userId());
    RefusalCode objection = PersonRule.judge(c, looked(c.userId(), decision), decision.nowMs());
    if (objection == null
        && !(hasRoom(c.name().hash(), decision) && hasRoom(c.phone().hash(), decision))) {
      objection = RefusalCode.OVERLOADED;
    }
    if (objection != null) {
      decision.refuse(objection, RETRY_MS);
      return;
    }
    decision.emit(
        new PersonRegistered(
            c.userId(),
            c.name().hash(),
            c.name().untilMs(),
            c.phone().hash(),
            c.phone().untilMs(),
            c.userName(),
            c.phoneMasked(),
            c.passwordHash(),
            c.nickname()));
    show(c.userId(), decision);
  }

  void change(ChangeProfile c, Decision decision) {
    mustLiveHere(c.userId());
    Person person = looked(c.userId(), decision);
    HandleHash before = person == null ? HandleHash.NONE : person.externalHash();
    HandleHash after = c.externalId() == null ? before : c.external().hash();
    RefusalCode objection = PersonRule.judge(c, decision.nowMs());
    if (objection == null && !(hasRoom(before, decision) && hasRoom(after, decision))) {
      objection = RefusalCode.OVERLOADED;
    }
    if (objection != null) {
      decision.refuse(objection, RETRY_MS);
      return;
    }
    Profile old = person == null ? Profile.EMPTY : person.profile();
    Profile changed = PersonRule.changed(c, old);
    boolean isChange = !changed.equals(old) || c.external().untilMs() > 0;
    if (isChange) {
      // What a user says of himself is his; the audit tells who he is, not what he likes.
      decision.audit(
          "user:" + c.userId(),
          AuditFacts.of("external_id", old.externalId()).text(),
          AuditFacts.of("external_id", changed.externalId()).text());
      decision.emit(new ProfileChanged(c.userId(), after, c.external().untilMs(), changed));
    }
    show(c.userId(), decision);
  }

  void read(ReadPerson c, Decision decision) {
    show(c.userId(), decision);
  }

  private void show(long userId, Decision decision) {
    Person person = looked(userId, decision);
    Person shown = person == null ? Person.blank(userId, 0) : person;
    decision.answer(
        new PersonShown(
            userId,
            person != null,
            shown.userName(),
            shown.phoneMasked(),
            shown.profile(),
            shown.hasPassword(),
            shown.createdAtMs(),
            shown.position()));
  }

  /** Refusals in order: nobody with that handle here, too many failures of the day. */
  void begin(BeginAttempt c, Decision decision) {
    Person person = looked(c.userId(), decision);
    if (person == null || !(c.by().isNone() || person.hasHandle(c.by()))) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    long nowMs = decision.nowMs();
    if (person.failuresAt(nowMs) >= limits.failuresPerUserMax()) {
      decision.refuse(RefusalCode.LOGIN_BLOCKED, person.dayEndsMs() - nowMs);
      return;
    }
    decision.emit(new AttemptBegun(c.userId(), PersonRule.dayEndsMs(nowMs, limits.zone())));
    decision.answer(new AttemptOpen(person.passwordHash(), person.failuresAt(nowMs) + 1));
  }

  void end(EndAttempt c, Decision decision) {
    Person person = looked(c.userId(), decision);
    // Begun before midnight and ended after it: that day's count is gone already.
    boolean counts = person != null && person.failuresAt(decision.nowMs()) > 0;
    if (counts) {
      decision.emit(new AttemptSucceeded(c.userId()));
    }
    decision.answer(new Done(counts));
  }

  void changePassword(ChangePassword c, Decision decision) {
    Person person = looked(c.userId(), decision);
    if (person == null || !person.isRegistered()) {
      decision.refuse(RefusalCode.NOT_FOUND);
      return;
    }
    boolean isExpected = c.expected().isEmpty() || c.expected().equals(person.passwordHash());
    if (isExpected) {
      decision.emit(new PasswordChanged(c.userId(), c.cause(), c.passwordHash()));
    }
    decision.answer(new Done(isExpected));
  }

  void readLogin(ReadLogin c, Decision decision) {
    Person person = looked(c.userId(), decision);
    decision.answer(
        person == null
            ? new LoginTold(false, "", "")
            : new LoginTold(true, person.userName(), person.passwordHash()));
  }

  /** Refusals in order: the claim is over, too much is on its way; both are a matter of time. */
  void giveLogin(GiveLogin c, Decision decision) {
    mustLiveHere(c.userId());
    Person before = looked(c.userId(), decision);
    RefusalCode objection = PersonRule.judge(c, decision.nowMs());
    HandleHash old = before == null ? HandleHash.NONE : before.nameHash();
    if (objection == null && !(hasRoom(old, decision) && hasRoom(c.name().hash(), decision))) {
      objection = RefusalCode.OVERLOADED;
    }
    if (objection != null) {
      decision.refuse(objection, RETRY_MS);
      return;
    }
    decision.audit(
        "user:" + c.userId(),
        login(before == null ? "" : before.userName(), before != null && before.hasPassword()),
        login(c.userName(), true));
    decision.emit(
        new LoginGiven(
            c.userId(), c.name().hash(), c.name().untilMs(), c.userName(), c.passwordHash()));
    show(c.userId(), decision);
  }

  private static String login(String userName, boolean hasPassword) {
    return AuditFacts.of("user_name", userName)
        .and("has_password", hasPassword ? "true" : "false")
        .text();
  }

  void ask(AskPassword c, Decision decision) {
    Person person = looked(c.userId(), decision);
    decision.answer(
        new PasswordTold(
            person != null
                && MessageDigest.isEqual(
                    person.passwordHash().getBytes(US_ASCII),
                    c.passwordHash().getBytes(US_ASCII))));
  }

  void forgive(ForgiveAttempts c, Decision decision) {
    Person person = looked(c.userId(), decision);
    if (person == null || person.failuresAt(decision.nowMs()) == 0) {
      decision.answer(new Done(false));
      return;
    }
    decision.audit(
        "user:" + c.userId(),
        AuditFacts.of("failures", person.failuresAt(decision.nowMs())).text(),
        AuditFacts.of("failures", 0).text());
    decision.emit(new AttemptsForgiven(c.userId(), c.actor()));
    decision.answer(new Done(true));
  }

  void receive(AskClaim t, Decision decision) {
    ClaimVerdict verdict =
        PersonRule.verdict(state.person(t.userId()), t.hash(), t.untilMs(), decision.nowMs());
    decision.emit(new ClaimAnswered(t.hash(), t.userId(), t.untilMs(), verdict));
  }

  private @Nullable Person looked(long userId, Decision decision) {
    Person person = state.person(userId);
    if (person != null) {
      decision.looked(person.position());
    }
    return person;
  }

  private boolean hasRoom(HandleHash hash, Decision decision) {
    return hash.isNone()
        || decision.hasOutboxRoom(hash.partition(state.parts.partitionCount()), false);
  }

  private void mustLiveHere(long userId) {
    if (state.partitionOf(userId) != state.parts.partition()) {
      throw new IllegalArgumentException("user " + userId + " went astray");
    }
  }
}
