// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Stamp;
import io.hongbao.model.Check;
import io.hongbao.person.PersonEvent.AddressFailed;
import io.hongbao.person.PersonEvent.AddressesForgotten;
import io.hongbao.person.PersonEvent.AttemptBegun;
import io.hongbao.person.PersonEvent.AttemptSucceeded;
import io.hongbao.person.PersonEvent.AttemptsForgiven;
import io.hongbao.person.PersonEvent.ClaimAnswered;
import io.hongbao.person.PersonEvent.ClaimProlonged;
import io.hongbao.person.PersonEvent.ClaimQuestioned;
import io.hongbao.person.PersonEvent.HandleClaimed;
import io.hongbao.person.PersonEvent.HandleConfirmed;
import io.hongbao.person.PersonEvent.HandleReleased;
import io.hongbao.person.PersonEvent.LoginGiven;
import io.hongbao.person.PersonEvent.PasswordChanged;
import io.hongbao.person.PersonEvent.PersonRegistered;
import io.hongbao.person.PersonEvent.ProfileChanged;
import io.hongbao.person.PersonTransfer.AskClaim;
import io.hongbao.person.PersonTransfer.ConfirmHandle;
import io.hongbao.person.PersonTransfer.PutOffClaim;
import io.hongbao.person.PersonTransfer.ReleaseHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The only place where people, handles and failed addresses change. */
final class PersonApplier {

  /** A claim's deadline is over; the timer's id is the first half of the handle's hash. */
  static final int TIMER_CLAIM = 1;

  /** A day of failed addresses is over; the timer's id is its end. */
  static final int TIMER_DAY = 2;

  private final People state;

  PersonApplier(People state) {
    this.state = state;
  }

  void apply(PersonEvent event, Stamp stamp) {
    switch (event) {
      case PersonRegistered e -> registered(e, stamp);
      case ProfileChanged e -> profileChanged(e, stamp);
      case PasswordChanged e ->
          state.put(person(e.userId()).withPassword(e.passwordHash(), stamp.position()));
      case LoginGiven e -> loginGiven(e, stamp);
      case AttemptBegun e -> begun(e, stamp);
      case AttemptSucceeded e -> succeeded(e, stamp);
      case AttemptsForgiven e -> state.put(person(e.userId()).withFailures(0, 0, stamp.position()));
      case ClaimAnswered e -> answered(e, stamp);
      case HandleClaimed e -> claimed(e, stamp);
      case HandleConfirmed e -> confirmed(e, stamp);
      case HandleReleased e -> released(e, stamp);
      case ClaimQuestioned e ->
          send(
              state.partitionOf(e.userId()),
              new AskClaim(e.hash(), e.userId(), e.untilMs()),
              stamp);
      case ClaimProlonged e ->
          setClaimTimer(e.hash(), stamp.timeMs() + PersonLimits.QUESTION_AFTER_MS);
      case AddressFailed e -> failed(e, stamp);
      case AddressesForgotten e -> forgotten(e);
    }
  }

  private Person person(long userId) {
    return Check.present(state.person(userId), "person");
  }

  private void send(int destination, PersonTransfer transfer, Stamp stamp) {
    state.parts.outbox().add(destination, transfer, stamp.position());
  }

  private void confirm(HandleHash hash, long userId, long untilMs, Stamp stamp) {
    send(
        hash.partition(state.parts.partitionCount()),
        new ConfirmHandle(hash, userId, untilMs),
        stamp);
  }

  private void release(HandleHash hash, long userId, long untilMs, Stamp stamp) {
    send(
        hash.partition(state.parts.partitionCount()),
        new ReleaseHandle(hash, userId, untilMs),
        stamp);
  }

  private void registered(PersonRegistered e, Stamp stamp) {
    Check.that(state.person(e.userId()) == null, "a person is registered once");
    state.put(
        new Person(
            e.userId(),
            e.nameHash(),
            e.userName(),
            e.phoneHash(),
            e.phoneMasked(),
            e.passwordHash(),
            HandleHash.NONE,
            new Profile("", e.nickname(), "", ""),
            0,
            0,
            stamp.timeMs(),
            stamp.position()));
    confirm(e.nameHash(), e.userId(), e.nameUntilMs(), stamp);
    confirm(e.phoneHash(), e.userId(), e.phoneUntilMs(), stamp);
  }

  private void profileChanged(ProfileChanged e, Stamp stamp) {
    @Nullable Person before = state.person(e.userId());
    Person from = before == null ? Person.blank(e.userId(), stamp.timeMs()) : before;
    state.put(from.withProfile(e.externalHash(), e.profile(), stamp.position()));
    // Letting go comes first: when it is the same handle, what follows makes it his again.
    if (!from.externalHash().isNone() && !from.externalHash().equals(e.externalHash())) {
      release(from.externalHash(), e.userId(), 0, stamp);
    }
    if (e.externalUntilMs() > 0) {
      confirm(e.externalHash(), e.userId(), e.externalUntilMs(), stamp);
    }
  }

  private void loginGiven(LoginGiven e, Stamp stamp) {
    @Nullable Person before = state.person(e.userId());
    Person from = before == null ? Person.blank(e.userId(), stamp.timeMs()) : before;
    state.put(from.withLogin(e.nameHash(), e.userName(), e.passwordHash(), stamp.position()));
    // As with an external id: letting go comes first.
    if (from.isRegistered() && !from.nameHash().equals(e.nameHash())) {
      release(from.nameHash(), e.userId(), 0, stamp);
    }
    confirm(e.nameHash(), e.userId(), e.nameUntilMs(), stamp);
  }

  private void begun(AttemptBegun e, Stamp stamp) {
    Person person = person(e.userId());
    int failures = person.failuresAt(stamp.timeMs()) + 1;
    state.put(person.withFailures(failures, e.dayEndsMs(), stamp.position()));
  }

  private void succeeded(AttemptSucceeded e, Stamp stamp) {
    Person person = person(e.userId());
    int failures = person.failuresAt(stamp.timeMs()) - 1;
    Check.atLeast(failures, 0, "failures of a day");
    state.put(person.withFailures(failures, person.dayEndsMs(), stamp.position()));
  }

  private void answered(ClaimAnswered e, Stamp stamp) {
    switch (e.verdict()) {
      case HELD -> confirm(e.hash(), e.userId(), e.untilMs(), stamp);
      case NEVER -> release(e.hash(), e.userId(), e.untilMs(), stamp);
      case LATER ->
          send(
              e.hash().partition(state.parts.partitionCount()),
              new PutOffClaim(e.hash(), e.userId(), e.untilMs()),
              stamp);
    }
  }

  private void claimed(HandleClaimed e, Stamp stamp) {
    Handle before = state.handleAt(e.hash());
    boolean isOwned = before != null && before.isOwned();
    enter(new Handle(e.hash(), e.userId(), isOwned, true, e.untilMs(), stamp.position()));
  }

  /** Takes a handle in and sets its timer; for events and for snapshots. */
  void enter(Handle handle) {
    state.put(handle);
    if (handle.isClaimed()) {
      setClaimTimer(handle.hash(), handle.untilMs() + PersonLimits.QUESTION_AFTER_MS);
    }
  }

  private void setClaimTimer(HandleHash hash, long dueMs) {
    state.parts.timers().set(dueMs, PersonCodec.SCHEMA_ID, TIMER_CLAIM, hash.high());
  }

  private void confirmed(HandleConfirmed e, Stamp stamp) {
    Handle handle = Check.present(state.handleAt(e.hash()), "handle");
    Check.equal(handle.userId(), e.userId(), "user of a handle");
    boolean isClaimed = handle.isClaimed() && handle.untilMs() != e.untilMs();
    state.put(
        new Handle(e.hash(), e.userId(), true, isClaimed, handle.untilMs(), stamp.position()));
  }

  private void released(HandleReleased e, Stamp stamp) {
    Handle handle = state.handleAt(e.hash());
    if (handle == null || handle.userId() != e.userId() || !handle.hash().equals(e.hash())) {
      // Asked twice, after a restart, the partition answers twice; the first word has freed it.
      return;
    }
    boolean isOwned = handle.isOwned() && e.untilMs() != 0;
    boolean isClaimed = handle.isClaimed() && handle.untilMs() != e.untilMs();
    if (isOwned || isClaimed) {
      state.put(
          new Handle(e.hash(), e.userId(), isOwned, isClaimed, handle.untilMs(), stamp.position()));
    } else {
      state.remove(handle);
    }
  }

  private void failed(AddressFailed e, Stamp stamp) {
    if (!e.dropped().isNone()) {
      state.removeAddress(e.dropped());
    }
    FailedAddress before = state.address(e.hash());
    int count = before != null && stamp.timeMs() < before.dayEndsMs() ? before.count() + 1 : 1;
    enter(new FailedAddress(e.hash(), count, e.dayEndsMs(), stamp.position()));
  }

  /** Takes an address in and sets the timer of its day; for events and for snapshots. */
  void enter(FailedAddress address) {
    if (state.address(address.hash()) == null) {
      state
          .parts
          .timers()
          .set(address.dayEndsMs(), PersonCodec.SCHEMA_ID, TIMER_DAY, address.dayEndsMs());
    }
    state.put(address);
  }

  private void forgotten(AddressesForgotten e) {
    List<HandleHash> over = new ArrayList<>();
    state.forEachAddress(
        address -> {
          if (address.dayEndsMs() <= e.dayEndsMs()) {
            over.add(address.hash());
          }
        });
    over.forEach(state::removeAddress);
  }
}
