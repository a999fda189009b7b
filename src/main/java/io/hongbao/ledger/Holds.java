// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.model.Check;
import io.hongbao.model.StateHash;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The holds of one partition, kept equal to what the ledger shows as held.
 *
 * <p><b>Thread:</b> the partition's.
 */
public final class Holds {

  private final StateHash stateHash;
  private final Ledger ledger;
  private final Long2ObjectHashMap<Hold> byId = new Long2ObjectHashMap<>();

  public Holds(StateHash stateHash, Ledger ledger) {
    this.stateHash = stateHash;
    this.ledger = ledger;
  }

  public @Nullable Hold find(long id) {
    return byId.get(id);
  }

  public int count() {
    return byId.size();
  }

  public void forEach(Consumer<Hold> visitor) {
    byId.values().forEach(visitor);
  }

  /** Sets an amount aside. Called by appliers. */
  public void place(Hold hold) {
    Check.that(!byId.containsKey(hold.id()), "hold id used twice");
    ledger.hold(hold.accountKey(), hold.leftMinor(), hold.position());
    put(hold);
  }

  /** Gives back what is left, or a part of it that is to be posted next. Called by appliers. */
  public void reduce(long id, long amountMinor, Hold.State newState, long position) {
    Hold hold = Check.present(byId.get(id), "hold");
    Check.that(hold.state() == Hold.State.HELD, "hold is held");
    Check.atMost(amountMinor, hold.leftMinor(), "amount taken from a hold");
    stateHash.remove(hold.digest());
    ledger.hold(hold.accountKey(), -amountMinor, position);
    put(hold.with(newState, hold.leftMinor() - amountMinor, position));
  }

  /** Says that something changed about a closed hold. Called by appliers. */
  public void touch(long id, long position) {
    Hold hold = Check.present(byId.get(id), "hold");
    Check.that(hold.state() != Hold.State.HELD, "hold is closed");
    stateHash.remove(hold.digest());
    put(hold.with(hold.state(), hold.leftMinor(), position));
  }

  /** Forgets a closed hold. Called by appliers. */
  public void evict(long id) {
    Hold hold = Check.present(byId.remove(id), "hold");
    Check.that(hold.state() != Hold.State.HELD, "only a closed hold is evicted");
    stateHash.remove(hold.digest());
  }

  /** Puts back what a snapshot holds; the ledger's held amounts are restored on their own. */
  public void restore(Hold hold) {
    put(hold);
  }

  private void put(Hold hold) {
    byId.put(hold.id(), hold);
    stateHash.add(hold.digest());
  }
}
