// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Snapshots".
package io.hongbao.engine;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.Bounds;
import io.hongbao.ledger.Hold;
import io.hongbao.ledger.Ledger;
import io.hongbao.ledger.Suspense;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes and reads a whole partition state: what the families share first, then each family.
 *
 * <p>Each family's part is preceded by its schema id, so that a snapshot of a build with fewer
 * families can still be read.
 */
public final class StateStorage {

  private static final int VERSION = 1;
  private static final int END = 0;

  private StateStorage() {}

  public static void save(PartitionState state, SnapshotOutput out) {
    out.putInt(VERSION);
    saveLedger(state, out);
    saveBounds(state.parts().ledger(), out);
    saveSuspense(state.parts().suspense(), out);
    out.putInt(state.parts().ids().day());
    out.putInt(state.parts().ids().nextCounter());
    saveKeys(state.keys(), out);
    saveOutbox(state, out);
    for (Family family : state.families()) {
      out.putInt(family.codec().schemaId());
      family.save(out);
    }
    out.putInt(END);
  }

  public static void load(PartitionState state, SnapshotInput in) {
    Check.equal(in.getInt(), VERSION, "version of the partition's snapshot");
    loadLedger(state, in);
    loadBounds(state.parts().ledger(), in);
    loadSuspense(state.parts().suspense(), in);
    int day = in.getInt();
    state.parts().ids().set(day, in.getInt());
    loadKeys(state.keys(), in);
    loadOutbox(state, in);
    for (int schemaId = in.getInt(); schemaId != END; schemaId = in.getInt()) {
      state.family(schemaId).load(in);
    }
  }

  // Snapshots hold the places in Hold.Kind and Hold.State: a new constant goes to the end.
  @SuppressWarnings("EnumOrdinal")
  private static void saveLedger(PartitionState state, SnapshotOutput out) {
    Ledger ledger = state.parts().ledger();
    out.putInt(ledger.accountCount());
    ledger.forEach(
        (key, balance, held, position) -> {
          out.putLong(key);
          out.putLong(balance);
          out.putLong(held);
          out.putLong(position);
        });
    out.putInt(state.parts().holds().count());
    state
        .parts()
        .holds()
        .forEach(
            hold -> {
              out.putLong(hold.id());
              out.putLong(hold.accountKey());
              out.putLong(hold.leftMinor());
              out.putByte(hold.kind().ordinal());
              out.putByte(hold.state().ordinal());
              out.putLong(hold.deadlineMs());
              out.putLong(hold.position());
            });
  }

  @SuppressWarnings("EnumOrdinal")
  private static void loadLedger(PartitionState state, SnapshotInput in) {
    long checkedSum = 0;
    int accounts = in.getInt();
    state.parts().ledger().reserve(accounts);
    for (int i = accounts; i > 0; i--) {
      long key = in.getLong();
      long balance = in.getLong();
      long held = in.getLong();
      state.parts().ledger().restore(key, balance, held, in.getLong());
      // Assets are mixed here on purpose: each sums to zero, so all together do.
      checkedSum += balance * (AccountKey.asset(key) + 1);
    }
    Check.equal(checkedSum, 0, "sum of all balances in the snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      state
          .parts()
          .holds()
          .restore(
              new Hold(
                  in.getLong(),
                  in.getLong(),
                  in.getLong(),
                  Hold.Kind.values()[in.getByte()],
                  Hold.State.values()[in.getByte()],
                  in.getLong(),
                  in.getLong()));
    }
  }

  private static void saveBounds(Ledger ledger, SnapshotOutput out) {
    out.putInt(ledger.boundsCount());
    ledger.forEachBounds(
        (key, bounds) -> {
          out.putLong(key);
          out.putLong(bounds.lowerMinor());
          out.putLong(bounds.upperMinor());
          out.putByte(bounds.flags());
          out.putLong(bounds.position());
        });
  }

  private static void loadBounds(Ledger ledger, SnapshotInput in) {
    for (int i = in.getInt(); i > 0; i--) {
      ledger.bound(in.getLong(), Bounds.of(in.getLong(), in.getLong(), in.getByte(), in.getLong()));
    }
  }

  private static void saveSuspense(Suspense suspense, SnapshotOutput out) {
    out.putLong(suspense.lastNumber());
    out.putInt(suspense.entries().size());
    for (SuspenseEntry entry : suspense.entries()) {
      out.putLong(entry.number());
      out.putInt(entry.asset());
      out.putLong(entry.amountMinor());
      out.putByte(entry.origin().number());
      out.putLong(entry.originId());
      out.putInt(entry.place());
      out.putLong(entry.ownerId());
      out.putInt(entry.reasonNumber());
      out.putLong(entry.atMs());
      out.putLong(entry.position());
    }
  }

  private static void loadSuspense(Suspense suspense, SnapshotInput in) {
    long last = in.getLong();
    List<SuspenseEntry> entries = new ArrayList<>();
    for (int i = in.getInt(); i > 0; i--) {
      entries.add(
          new SuspenseEntry(
              in.getLong(),
              in.getInt(),
              in.getLong(),
              SuspenseEntry.Origin.ofNumber(in.getByte()),
              in.getLong(),
              in.getInt(),
              in.getLong(),
              in.getInt(),
              in.getLong(),
              in.getLong()));
    }
    suspense.restore(last, entries);
  }

  private static void saveKeys(StoredKeys keys, SnapshotOutput out) {
    out.putInt(keys.count());
    keys.forEach(
        (high, low, body, code, result, timeMs, position) -> {
          out.putLong(high);
          out.putLong(low);
          out.putLong(body);
          out.putInt(code);
          out.putLong(result);
          out.putLong(timeMs);
          out.putLong(position);
        });
  }

  private static void loadKeys(StoredKeys keys, SnapshotInput in) {
    for (int i = in.getInt(); i > 0; i--) {
      keys.add(
          in.getLong(),
          in.getLong(),
          in.getLong(),
          in.getInt(),
          in.getLong(),
          in.getLong(),
          in.getLong());
    }
  }

  private static void saveOutbox(PartitionState state, SnapshotOutput out) {
    Outbox outbox = state.parts().outbox();
    ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
    out.putInt(outbox.partitionCount());
    for (int i = 0; i < outbox.partitionCount(); i++) {
      TransferQueue queue = outbox.toward(i);
      out.putLong(outbox.receivedMark(i));
      out.putLong(queue.acknowledged());
      out.putInt(queue.count());
      for (long number = queue.acknowledged() + 1; number <= queue.last(); number++) {
        Transfer transfer = queue.transfer(number);
        int length = state.codec(transfer.schemaId()).encode(transfer, scratch, 0);
        byte[] bytes = new byte[length];
        scratch.getBytes(0, bytes);
        out.putInt(transfer.schemaId());
        out.putLong(queue.position(number));
        out.putBytes(bytes);
      }
    }
  }

  private static void loadOutbox(PartitionState state, SnapshotInput in) {
    Outbox outbox = state.parts().outbox();
    Check.equal(in.getInt(), outbox.partitionCount(), "partitions in the snapshot");
    for (int i = 0; i < outbox.partitionCount(); i++) {
      long mark = in.getLong();
      if (mark > 0) {
        outbox.received(i, mark);
      }
      outbox.restore(i, in.getLong());
      for (int left = in.getInt(); left > 0; left--) {
        int schemaId = in.getInt();
        long position = in.getLong();
        UnsafeBuffer bytes = new UnsafeBuffer(in.getBytes());
        Event transfer = state.codec(schemaId).decode(bytes, 0, bytes.capacity());
        outbox.add(i, (Transfer) transfer, position);
      }
    }
  }
}
