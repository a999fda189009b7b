// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.model.Check;

/** Bytes of people, handles and addresses in a snapshot. */
final class PersonSnapshot {

  private static final int VERSION = 1;

  private static final int OWNED = 1;
  private static final int CLAIMED = 2;

  private PersonSnapshot() {}

  static void save(People state, SnapshotOutput out) {
    out.putInt(VERSION);
    out.putInt(state.personCount());
    state.forEachPerson(person -> save(person, out));
    out.putInt(state.handleCount());
    state.forEachHandle(
        handle -> {
          save(handle.hash(), out);
          out.putLong(handle.userId());
          out.putByte((handle.isOwned() ? OWNED : 0) + (handle.isClaimed() ? CLAIMED : 0));
          out.putLong(handle.untilMs());
          out.putLong(handle.position());
        });
    out.putInt(state.addressCount());
    state.forEachAddress(
        address -> {
          save(address.hash(), out);
          out.putInt(address.count());
          out.putLong(address.dayEndsMs());
          out.putLong(address.position());
        });
  }

  private static void save(Person person, SnapshotOutput out) {
    out.putLong(person.userId());
    save(person.nameHash(), out);
    out.putText(person.userName());
    save(person.phoneHash(), out);
    out.putText(person.phoneMasked());
    out.putText(person.passwordHash());
    save(person.externalHash(), out);
    out.putText(person.profile().externalId());
    out.putText(person.profile().nickname());
    out.putText(person.profile().avatarUrl());
    out.putText(person.profile().city());
    out.putInt(person.failures());
    out.putLong(person.dayEndsMs());
    out.putLong(person.createdAtMs());
    out.putLong(person.position());
  }

  private static void save(HandleHash hash, SnapshotOutput out) {
    out.putLong(hash.high());
    out.putLong(hash.low());
  }

  static void load(People state, PersonApplier applier, SnapshotInput in) {
    Check.equal(in.getInt(), VERSION, "version of the people's snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      state.put(person(in));
    }
    for (int i = in.getInt(); i > 0; i--) {
      HandleHash hash = hash(in);
      long userId = in.getLong();
      int flags = in.getByte();
      applier.enter(
          new Handle(
              hash,
              userId,
              (flags & OWNED) != 0,
              (flags & CLAIMED) != 0,
              in.getLong(),
              in.getLong()));
    }
    for (int i = in.getInt(); i > 0; i--) {
      applier.enter(new FailedAddress(hash(in), in.getInt(), in.getLong(), in.getLong()));
    }
  }

  // Java evaluates arguments from left to right: the order of the fields above.
  private static Person person(SnapshotInput in) {
    return new Person(
        in.getLong(),
        hash(in),
        in.getText(),
        hash(in),
        in.getText(),
        in.getText(),
        hash(in),
        new Profile(in.getText(), in.getText(), in.getText(), in.getText()),
        in.getInt(),
        in.getLong(),
        in.getLong(),
        in.getLong());
  }

  private static HandleHash hash(SnapshotInput in) {
    return new HandleHash(in.getLong(), in.getLong());
  }
}
