// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.engine.PartitionParts;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.Slot;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What one partition knows about transfers in legs: those it decided, those that came in, and what
 * owners' metadata say.
 *
 * <p><b>Thread:</b> the partition's. Changed by appliers and by loading only.
 */
public final class TransferBook {

  private static final int METADATA_TAG = 75;

  final PartitionParts parts;
  final Long2ObjectHashMap<LedgerTransfer> transfers = new Long2ObjectHashMap<>();
  final Long2ObjectHashMap<List<ArrivedLeg>> arrivals = new Long2ObjectHashMap<>();
  final Long2ObjectHashMap<Profile> profiles = new Long2ObjectHashMap<>();
  private int legsInFlight;

  /** An owner's metadata and where they were changed last. */
  record Profile(Metadata metadata, long position) {

    static final Profile NONE = new Profile(Metadata.NONE, 0);

    long digest(long ownerId) {
      long digest = Digest.mix(Digest.start(METADATA_TAG), ownerId);
      digest = Digest.mix(digest, metadata.text().hashCode());
      return Digest.mix(digest, position);
    }
  }

  TransferBook(PartitionParts parts) {
    this.parts = parts;
  }

  public @Nullable LedgerTransfer transfer(long transferId) {
    return transfers.get(transferId);
  }

  public int transferCount() {
    return transfers.size();
  }

  public int arrivalCount() {
    return arrivals.values().stream().mapToInt(List::size).sum();
  }

  /** Legs that this partition sent and of which it does not know what became. */
  public int legsInFlight() {
    return legsInFlight;
  }

  Profile profile(long ownerId) {
    Profile profile = profiles.get(ownerId);
    return profile == null ? Profile.NONE : profile;
  }

  /** A leg that lies in an account of this partition, or null. */
  @Nullable ArrivedLeg arrived(long transferId, int number) {
    List<ArrivedLeg> legs = arrivals.get(transferId);
    if (legs != null) {
      for (ArrivedLeg leg : legs) {
        if (leg.number() == number) {
          return leg;
        }
      }
    }
    return null;
  }

  boolean isRemote(long partyId) {
    return partyId > 0 && partitionOf(partyId) != parts.partition();
  }

  /** Of an owner, or of an id that ends in its slot. */
  int partitionOf(long id) {
    return Slot.partition(id, parts.partitionCount());
  }

  /** The account that a leg names, which lives in this partition. */
  static long accountKey(long partyId, int asset) {
    if (partyId == Leg.CLEARING) {
      return AccountKey.system(AccountKind.CLEARING, asset);
    }
    return partyId == Leg.SUSPENSE
        ? AccountKey.system(AccountKind.SUSPENSE, asset)
        : AccountKey.wallet(partyId, asset);
  }

  void add(LedgerTransfer transfer) {
    Check.that(transfers.put(transfer.id(), transfer) == null, "transfer id used twice");
    parts.stateHash().add(transfer.digest());
    transfer.legs().forEach(leg -> count(transfer, leg, 1));
  }

  /** Brings in a leg, new or changed. */
  void put(LedgerTransfer transfer, Leg leg, long atMs) {
    if (leg.number() < transfer.legs().size()) {
      count(transfer, transfer.legs().get(leg.number()), -1);
    }
    LedgerTransfer changed = transfer.with(leg, atMs);
    parts.stateHash().remove(transfer.digest());
    parts.stateHash().add(changed.digest());
    count(changed, leg, 1);
    transfers.put(changed.id(), changed);
  }

  private void count(LedgerTransfer transfer, Leg leg, int by) {
    if (by > 0) {
      parts.stateHash().add(leg.digest(transfer.id()));
    } else {
      parts.stateHash().remove(leg.digest(transfer.id()));
    }
    legsInFlight += leg.state() == Leg.State.IN_FLIGHT ? by : 0;
  }

  void removeTransfer(long transferId) {
    LedgerTransfer gone = Check.present(transfers.remove(transferId), "evicted transfer");
    parts.stateHash().remove(gone.digest());
    gone.legs().forEach(leg -> count(gone, leg, -1));
  }

  void add(ArrivedLeg leg) {
    arrivals.computeIfAbsent(leg.transferId(), id -> new ArrayList<>(1)).add(leg);
    parts.stateHash().add(leg.digest());
  }

  /** Brings in what has changed about a leg that came in. */
  void put(ArrivedLeg leg) {
    List<ArrivedLeg> legs = Check.present(arrivals.get(leg.transferId()), "arrived legs");
    for (Iterator<ArrivedLeg> i = legs.iterator(); i.hasNext(); ) {
      ArrivedLeg old = i.next();
      if (old.number() == leg.number()) {
        i.remove();
        parts.stateHash().remove(old.digest());
        break;
      }
    }
    add(leg);
  }

  void removeArrivals(long transferId) {
    List<ArrivedLeg> gone = Check.present(arrivals.remove(transferId), "evicted arrivals");
    gone.forEach(leg -> parts.stateHash().remove(leg.digest()));
  }

  void put(long ownerId, Metadata metadata, long position) {
    Profile profile = new Profile(metadata, position);
    Profile old = profiles.put(ownerId, profile);
    if (old != null) {
      parts.stateHash().remove(old.digest(ownerId));
    }
    parts.stateHash().add(profile.digest(ownerId));
  }
}
