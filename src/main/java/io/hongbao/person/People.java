// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.PartitionParts;
import io.hongbao.model.Check;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The people, handles and failed addresses of one partition.
 *
 * <p>Handles and addresses are found by the first half of their hash. Should two of them share it
 * (one chance in 2^64 per pair), the second handle counts as taken and the second address is
 * counted with the first.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier and by loading only.
 */
final class People {

  final PartitionParts parts;
  private final Long2ObjectHashMap<Person> persons = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<Handle> handles = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<FailedAddress> addresses = new Long2ObjectHashMap<>();

  People(PartitionParts parts) {
    this.parts = parts;
  }

  @Nullable Person person(long userId) {
    return persons.get(userId);
  }

  /** Whatever stands where this handle would stand. */
  @Nullable Handle handleAt(HandleHash hash) {
    return handles.get(hash.high());
  }

  @Nullable FailedAddress address(HandleHash hash) {
    return addresses.get(hash.high());
  }

  int personCount() {
    return persons.size();
  }

  int handleCount() {
    return handles.size();
  }

  int addressCount() {
    return addresses.size();
  }

  void forEachPerson(Consumer<Person> visitor) {
    persons.values().forEach(visitor);
  }

  void forEachHandle(Consumer<Handle> visitor) {
    handles.values().forEach(visitor);
  }

  void forEachAddress(Consumer<FailedAddress> visitor) {
    addresses.values().forEach(visitor);
  }

  int partitionOf(long userId) {
    return io.hongbao.model.Slot.partition(userId, parts.partitionCount());
  }

  void put(Person person) {
    Person before = persons.put(person.userId(), person);
    if (before != null) {
      parts.stateHash().remove(before.digest());
    }
    parts.stateHash().add(person.digest());
  }

  void put(Handle handle) {
    Handle before = handles.put(handle.hash().high(), handle);
    if (before != null) {
      Check.that(before.hash().equals(handle.hash()), "two handles in one place");
      parts.stateHash().remove(before.digest());
    }
    parts.stateHash().add(handle.digest());
  }

  void remove(Handle handle) {
    Handle before = Check.present(handles.remove(handle.hash().high()), "handle");
    parts.stateHash().remove(before.digest());
  }

  void put(FailedAddress address) {
    FailedAddress before = addresses.put(address.hash().high(), address);
    if (before != null) {
      parts.stateHash().remove(before.digest());
    }
    parts.stateHash().add(address.digest());
  }

  void removeAddress(HandleHash hash) {
    FailedAddress before = addresses.remove(hash.high());
    if (before != null) {
      parts.stateHash().remove(before.digest());
    }
  }
}
