// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.PartitionParts;
import io.hongbao.ledger.Hold;
import io.hongbao.model.Slot;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one partition knows about accounts beyond the ledger: transactions, and notes to its holds.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier and by loading only.
 */
public final class Accounts {

  final PartitionParts parts;
  final Long2ObjectHashMap<Transaction> transactions = new Long2ObjectHashMap<>();
  final Long2ObjectHashMap<HoldNote> notes = new Long2ObjectHashMap<>();
  final TransferBook book;
  // Derived: external holds that hold something, so that nobody walks over all to find the due.
  private final NavigableSet<Long> external = new TreeSet<>();

  Accounts(PartitionParts parts) {
    this.parts = parts;
    this.book = new TransferBook(parts);
  }

  /** Transfers in legs, and metadata. */
  public TransferBook book() {
    return book;
  }

  /** External holds above that id which hold something, by id. */
  NavigableSet<Long> externalAfter(long holdId) {
    return external.tailSet(holdId, false);
  }

  /** Says that a hold was placed, closed or loaded. */
  void index(Hold hold) {
    if (hold.kind() == Hold.Kind.EXTERNAL && hold.state() == Hold.State.HELD) {
      external.add(hold.id());
    } else {
      external.remove(hold.id());
    }
  }

  public @Nullable Transaction transaction(long transactionId) {
    return transactions.get(transactionId);
  }

  public @Nullable HoldNote note(long holdId) {
    return notes.get(holdId);
  }

  public int transactionCount() {
    return transactions.size();
  }

  public int noteCount() {
    return notes.size();
  }

  /** Whether this is the partition of that user; what is sent to another one finds nothing. */
  boolean isHome(long userId) {
    return userId > 0 && Slot.partition(userId, parts.partitionCount()) == parts.partition();
  }

  void put(Transaction transaction) {
    Transaction old = transactions.put(transaction.id(), transaction);
    if (old != null) {
      parts.stateHash().remove(old.digest());
    }
    parts.stateHash().add(transaction.digest());
  }

  void put(HoldNote note) {
    HoldNote old = notes.put(note.holdId(), note);
    if (old != null) {
      parts.stateHash().remove(old.digest());
    }
    parts.stateHash().add(note.digest());
  }
}
