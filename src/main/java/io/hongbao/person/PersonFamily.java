// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.Transfer;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.person.PersonCommand.AskPassword;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.ChangePassword;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.EndAttempt;
import io.hongbao.person.PersonCommand.FailAddress;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.person.PersonCommand.ForgiveAttempts;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.person.PersonCommand.ReadAddress;
import io.hongbao.person.PersonCommand.ReadLogin;
import io.hongbao.person.PersonCommand.ReadPerson;
import io.hongbao.person.PersonCommand.RegisterPerson;
import io.hongbao.person.PersonTransfer.AskClaim;
import io.hongbao.person.PersonTransfer.ConfirmHandle;
import io.hongbao.person.PersonTransfer.PutOffClaim;
import io.hongbao.person.PersonTransfer.ReleaseHandle;

/** People inside one partition, and the handles and addresses whose hashes fall into it. */
public final class PersonFamily implements Family {

  private final People state;
  private final PersonCodec codec = new PersonCodec();
  private final PersonApplier applier;
  private final PersonDesk persons;
  private final HandleDesk handles;
  private final AddressDesk addresses;

  private PersonFamily(People state, PersonLimits limits) {
    this.state = state;
    this.applier = new PersonApplier(state);
    this.persons = new PersonDesk(state, limits);
    this.handles = new HandleDesk(state);
    this.addresses = new AddressDesk(state, limits);
  }

  /** The line of wiring. */
  public static Family.Factory factory(PersonLimits limits) {
    return parts -> new PersonFamily(new People(parts), limits);
  }

  People state() {
    return state;
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    switch ((PersonCommand) command) {
      case ClaimHandle c -> handles.claim(c, decision);
      case DropClaim c -> handles.drop(c, decision);
      case FindHandle c -> handles.find(c, decision);
      case RegisterPerson c -> persons.register(c, decision);
      case ChangeProfile c -> persons.change(c, decision);
      case ReadPerson c -> persons.read(c, decision);
      case BeginAttempt c -> persons.begin(c, decision);
      case EndAttempt c -> persons.end(c, decision);
      case ChangePassword c -> persons.changePassword(c, decision);
      case ReadLogin c -> persons.readLogin(c, decision);
      case GiveLogin c -> persons.giveLogin(c, decision);
      case AskPassword c -> persons.ask(c, decision);
      case ForgiveAttempts c -> persons.forgive(c, decision);
      case ReadAddress c -> addresses.read(c, decision);
      case FailAddress c -> addresses.fail(c, decision);
    }
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    applier.apply((PersonEvent) event, stamp);
  }

  @Override
  public void receive(Transfer transfer, Decision decision) {
    switch ((PersonTransfer) transfer) {
      case ConfirmHandle t -> handles.receive(t, decision);
      case ReleaseHandle t -> handles.receive(t, decision);
      case PutOffClaim t -> handles.receive(t, decision);
      case AskClaim t -> persons.receive(t, decision);
    }
  }

  @Override
  public void timer(int kind, long id, Decision decision) {
    switch (kind) {
      case PersonApplier.TIMER_CLAIM -> handles.claimTimer(id, decision);
      case PersonApplier.TIMER_DAY -> addresses.dayTimer(id, decision);
      default -> throw new IllegalArgumentException("kind of a person's timer: " + kind);
    }
  }

  @Override
  public void save(SnapshotOutput out) {
    PersonSnapshot.save(state, out);
  }

  @Override
  public void load(SnapshotInput in) {
    PersonSnapshot.load(state, applier, in);
  }
}
