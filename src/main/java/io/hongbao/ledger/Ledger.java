// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.StateHash;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of one partition, and the only way to move money between them.
 *
 * <p>One flat open-addressed array rather than objects: with a million accounts the cost of a
 * posting is its cache misses, so an account's four words lie side by side, mostly in one cache
 * line, and a slot has 32 bytes.
 *
 * <p><b>Thread:</b> the partition's.
 *
 * <p><b>Invariant:</b> per asset the balances sum to zero; what is held never exceeds what a
 * balance has above its lower bound, which is zero for all but wallets with {@link Bounds} of their
 * own.
 */
public final class Ledger {

  private static final int DIGEST_TAG = 1;
  private static final int CAPACITY_MIN = 64;

  private final StateHash stateHash;

  // Words of a slot.
  private static final int KEY = 0;
  private static final int BALANCE = 1;
  private static final int HELD = 2;
  private static final int POSITION = 3;
  private static final int SLOT_WORDS = 4;

  // Places in it are those of a slot's first word.
  private long[] slots = new long[CAPACITY_MIN * SLOT_WORDS];
  private int count;
  // Few accounts have any: a map beside the columns costs the others nothing.
  private final Long2ObjectHashMap<Bounds> bounds = new Long2ObjectHashMap<>();

  public Ledger(StateHash stateHash) {
    this.stateHash = stateHash;
  }

  /** What one account shows; taken out for readers, not kept. */
  public record Account(long key, long balanceMinor, long heldMinor, long position) {}

  /** Receives the bounds of every account that has any. */
  public interface BoundsVisitor {
    void bounds(long key, Bounds bounds);
  }

  /** Receives every account in turn. */
  public interface Visitor {
    void account(long key, long balanceMinor, long heldMinor, long position);
  }

  public int accountCount() {
    return count;
  }

  public long balanceMinor(long key) {
    int at = find(key);
    return slots[at] == key ? slots[at + BALANCE] : 0;
  }

  public long heldMinor(long key) {
    int at = find(key);
    return slots[at] == key ? slots[at + HELD] : 0;
  }

  /** What can be spent or held: the balance less what is held, with the credit it may take. */
  public long availableMinor(long key) {
    int at = find(key);
    long ownMinor = slots[at] == key ? slots[at + BALANCE] - slots[at + HELD] : 0;
    return ownMinor - bounds(key).lowerMinor();
  }

  public Bounds bounds(long key) {
    Bounds own = bounds.get(key);
    return own == null ? Bounds.USUAL : own;
  }

  public int boundsCount() {
    return bounds.size();
  }

  public void forEachBounds(BoundsVisitor visitor) {
    bounds.forEachLong(visitor::bounds);
  }

  /** Sets the bounds of a wallet; what it has must fit them. Called by appliers and by loading. */
  public void bound(long key, Bounds newBounds) {
    Check.that(AccountKey.kind(key) == AccountKind.WALLET, "only wallets have bounds");
    Check.atLeast(
        balanceMinor(key) - heldMinor(key), newBounds.lowerMinor(), "balance above its bound");
    Bounds old = bounds.put(key, newBounds);
    if (old != null) {
      stateHash.remove(old.digest(key));
    }
    stateHash.add(newBounds.digest(key));
  }

  /** Why nothing may leave this wallet or be held in it, or null; funds are another question. */
  public @Nullable RefusalCode objectionToDebit(long key) {
    Bounds own = bounds(key);
    if (own.isClosed()) {
      return RefusalCode.ACCOUNT_CLOSED;
    }
    return own.isFrozen() ? RefusalCode.ACCOUNT_FROZEN : null;
  }

  /**
   * Why this wallet cannot take an amount, or null.
   *
   * @param balanceMinorMax what any wallet may hold in the asset; the amount is at most that
   */
  public @Nullable RefusalCode objectionToCredit(long key, long amountMinor, long balanceMinorMax) {
    Bounds own = bounds(key);
    if (own.isClosed()) {
      return RefusalCode.ACCOUNT_CLOSED;
    }
    // Both are at most the maximum, so the sum cannot overflow.
    return balanceMinor(key) + amountMinor > Math.min(balanceMinorMax, own.upperMinor())
        ? RefusalCode.BALANCE_LIMIT
        : null;
  }

  /** Position of the last change; 0 for an account that never changed. */
  public long position(long key) {
    int at = find(key);
    return slots[at] == key ? slots[at + POSITION] : 0;
  }

  public Account account(long key) {
    int at = find(key);
    return slots[at] == key
        ? new Account(key, slots[at + BALANCE], slots[at + HELD], slots[at + POSITION])
        : new Account(key, 0, 0, 0);
  }

  public void forEach(Visitor visitor) {
    for (int at = 0; at < slots.length; at += SLOT_WORDS) {
      if (slots[at + KEY] != 0) {
        visitor.account(
            slots[at + KEY], slots[at + BALANCE], slots[at + HELD], slots[at + POSITION]);
      }
    }
  }

  /**
   * Moves an amount; the only way in which balances change. Called by appliers.
   *
   * @param amountMinor above zero
   * @param position sequence of the record that says so
   */
  public void post(long fromKey, long toKey, long amountMinor, long position) {
    Check.atLeast(amountMinor, 1, "posted amount");
    Check.that(fromKey != toKey, "a posting needs two accounts");
    Check.equal(AccountKey.asset(fromKey), AccountKey.asset(toKey), "asset of both sides");
    change(fromKey, -amountMinor, 0, position);
    change(toKey, amountMinor, 0, position);
  }

  /** Sets a part of the balance aside, or gives it back when negative. Called by appliers. */
  public void hold(long key, long deltaMinor, long position) {
    change(key, 0, deltaMinor, position);
  }

  private void change(long key, long balanceDelta, long heldDelta, long position) {
    int at = find(key);
    if (slots[at] == key) {
      stateHash.remove(digest(key, slots[at + BALANCE], slots[at + HELD], slots[at + POSITION]));
    } else {
      at = insert(key);
    }
    long balance = Math.addExact(slots[at + BALANCE], balanceDelta);
    long held = Math.addExact(slots[at + HELD], heldDelta);
    if (AccountKey.kind(key).neverNegative()) {
      Check.atLeast(held, 0, "held");
      Check.atLeast(balance - held, bounds(key).lowerMinor(), "balance less held");
    }
    slots[at + BALANCE] = balance;
    slots[at + HELD] = held;
    slots[at + POSITION] = position;
    stateHash.add(digest(key, balance, held, position));
  }

  /**
   * Makes room for so many accounts, before they are put back. A snapshot has them in the order of
   * a table, and to put them into a smaller one in that order would pile them up at its beginning.
   */
  public void reserve(int accounts) {
    Check.equal(count, 0, "accounts when room is made");
    slots = new long[Math.max(CAPACITY_MIN, accounts / 3 * 5 + 8) * SLOT_WORDS];
  }

  /** Puts back an account that a snapshot holds. */
  public void restore(long key, long balanceMinor, long heldMinor, long position) {
    Check.that(slots[find(key)] != key, "account restored twice");
    int at = insert(key);
    slots[at + BALANCE] = balanceMinor;
    slots[at + HELD] = heldMinor;
    slots[at + POSITION] = position;
    stateHash.add(digest(key, balanceMinor, heldMinor, position));
  }

  private static long digest(long key, long balance, long held, long position) {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), key);
    digest = Digest.mix(digest, balance);
    digest = Digest.mix(digest, held);
    return Digest.mix(digest, position);
  }

  // Key 0 (owner 0, wallet, asset 0) cannot exist, so it marks a free place.
  private int find(long key) {
    int end = slots.length;
    int at = home(key, end / SLOT_WORDS);
    while (slots[at] != 0 && slots[at] != key) {
      at += SLOT_WORDS;
      if (at == end) {
        at = 0;
      }
    }
    return at;
  }

  // By the upper bits, scaled rather than masked: the table need not be a power of two.
  private static int home(long key, int slotCount) {
    long upper = (key * 0x9E3779B97F4A7C15L) >>> 32;
    return (int) (upper * slotCount >>> 32) * SLOT_WORDS;
  }

  private int insert(long key) {
    // Two thirds full at most: beyond that linear probing gets long.
    if ((count + 1) * 3L * SLOT_WORDS > slots.length * 2L) {
      grow();
    }
    int at = find(key);
    slots[at + KEY] = key;
    count++;
    return at;
  }

  // By a half rather than to the double: between 48 and 72 bytes an account instead of 48 to 96.
  private void grow() {
    long[] old = slots;
    slots = new long[old.length / SLOT_WORDS * 3 / 2 * SLOT_WORDS];
    for (int from = 0; from < old.length; from += SLOT_WORDS) {
      if (old[from] != 0) {
        System.arraycopy(old, from, slots, find(old[from]), SLOT_WORDS);
      }
    }
  }
}
