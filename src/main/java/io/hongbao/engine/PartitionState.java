// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

import io.hongbao.engine.EngineEvent.ActionAudited;
import io.hongbao.engine.EngineEvent.KeyStored;
import io.hongbao.engine.EngineEvent.KeysDropped;
import io.hongbao.engine.EngineEvent.StateHashed;
import io.hongbao.engine.EngineEvent.TransfersAcknowledged;
import io.hongbao.engine.EngineEvent.TransfersReceived;
import io.hongbao.ledger.Holds;
import io.hongbao.ledger.Ledger;
import io.hongbao.ledger.Suspense;
import io.hongbao.model.Check;
import io.hongbao.model.StateHash;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.LongConsumer;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Everything a partition knows by its journal: what replay rebuilds and snapshots hold.
 *
 * <p>The live partition and the snapshot builder each have one, and both change it through {@link
 * #apply} alone.
 *
 * <p><b>Thread:</b> its owner's.
 */
public final class PartitionState {

  private final PartitionParts parts;
  private final StoredKeys keys;
  private final @Nullable Family[] families;
  private final EngineCodec engineCodec = new EngineCodec();
  private final Stamp stamp = new Stamp();
  private long sequence;
  private long timeMs;
  private LongConsumer wake = id -> {};

  private PartitionState(PartitionParts parts, StoredKeys keys, List<Family.Factory> factories) {
    this.parts = parts;
    this.keys = keys;
    Family[] created = new Family[factories.size()];
    int schemaMax = EngineCodec.SCHEMA_ID;
    for (int i = 0; i < created.length; i++) {
      created[i] = factories.get(i).create(parts);
      schemaMax = Math.max(schemaMax, created[i].codec().schemaId());
    }
    this.families = new Family[schemaMax + 1];
    for (Family family : created) {
      int schemaId = family.codec().schemaId();
      Check.that(schemaId > EngineCodec.SCHEMA_ID, "schema ids of families start at 2");
      Check.that(families[schemaId] == null, "schema id used by two families");
      families[schemaId] = family;
    }
  }

  /** Makes the empty state of a partition. */
  public static PartitionState empty(
      EngineShape shape, int partition, boolean live, List<Family.Factory> factories) {
    StateHash hash = new StateHash();
    Ledger ledger = new Ledger(hash);
    PartitionParts parts =
        new PartitionParts(
            partition,
            shape.partitionCount(),
            live,
            hash,
            ledger,
            new Holds(hash, ledger),
            new Timers(),
            new IdSequence(hash, shape.site(), partition),
            new Outbox(hash, shape.partitionCount()),
            new Suspense(hash));
    return new PartitionState(parts, new StoredKeys(hash), factories);
  }

  public PartitionParts parts() {
    return parts;
  }

  /** Sequence of the last record that was applied. */
  public long sequence() {
    return sequence;
  }

  /** Time of the last record. */
  public long timeMs() {
    return timeMs;
  }

  public long hash() {
    return parts.stateHash().value();
  }

  /** The families in the order of their schema ids. */
  public List<Family> families() {
    return java.util.Arrays.stream(families).filter(java.util.Objects::nonNull).toList();
  }

  /** The family with that schema. */
  public Family family(int schemaId) {
    Family family = schemaId > 0 && schemaId < families.length ? families[schemaId] : null;
    if (family == null) {
      throw new UnknownEventException(schemaId, 0);
    }
    return family;
  }

  StoredKeys keys() {
    return keys;
  }

  EventCodec codec(int schemaId) {
    return schemaId == EngineCodec.SCHEMA_ID ? engineCodec : family(schemaId).codec();
  }

  /** Who hears which entity's transfer has arrived; the live partition's waiting readers. */
  void onWake(LongConsumer listener) {
    wake = listener;
  }

  /** Stamps the record that is about to be applied, event by event. */
  void beginRecord(long recordSequence, long recordTimeMs) {
    Check.equal(recordSequence, sequence + 1, "sequence of the record");
    Check.atLeast(recordTimeMs, timeMs, "time of the record");
    stamp.set(recordSequence, recordTimeMs);
  }

  /** Says that the record is complete. */
  void endRecord() {
    sequence = stamp.position();
    timeMs = stamp.timeMs();
  }

  /** The only way in which state changes. */
  void apply(int schemaId, Event event) {
    if (schemaId != EngineCodec.SCHEMA_ID) {
      family(schemaId).apply(event, stamp);
      return;
    }
    switch ((EngineEvent) event) {
      case StateHashed e -> Check.equal(hash(), e.hash(), "hash of the replayed state");
      case TransfersReceived e -> parts.outbox().received(e.source(), e.upTo());
      case TransfersAcknowledged e -> acknowledge(e);
      case KeyStored e ->
          keys.add(
              e.hashHigh(),
              e.hashLow(),
              e.bodyHash(),
              e.answerCode(),
              e.resultId(),
              stamp.timeMs(),
              stamp.position());
      // Says who wanted the events beside it; it changes nothing itself.
      case ActionAudited e -> {}
      case KeysDropped e -> {
        for (int i = 0; i < e.count(); i++) {
          keys.dropOldest();
        }
      }
    }
  }

  private void acknowledge(TransfersAcknowledged event) {
    TransferQueue queue = parts.outbox().toward(event.destination());
    Check.that(
        event.upTo() > queue.acknowledged() && event.upTo() <= queue.last(),
        "acknowledged numbers are in the outbox");
    while (queue.acknowledged() < event.upTo()) {
      Transfer transfer = parts.outbox().drop(event.destination());
      family(transfer.schemaId()).acknowledged(transfer, stamp);
      if (transfer.wakes() != 0) {
        wake.accept(transfer.wakes());
      }
    }
  }

  /** Applies one journaled record; used by recovery, snapshot building and verification. */
  public void replay(
      long recordSequence, long recordTimeMs, DirectBuffer buffer, int offset, int lengthBytes) {
    beginRecord(recordSequence, recordTimeMs);
    int at = offset;
    while (at < offset + lengthBytes) {
      int eventBytes = buffer.getInt(at, ByteOrder.LITTLE_ENDIAN);
      int schemaId = RecordBuffer.schemaId(buffer, at);
      Event event = codec(schemaId).decode(buffer, at + RecordBuffer.LENGTH_BYTES, eventBytes);
      apply(schemaId, event);
      at += RecordBuffer.LENGTH_BYTES + eventBytes;
    }
    endRecord();
  }

  /** Sets where a loaded snapshot stands. */
  public void restorePosition(long atSequence, long atTimeMs) {
    sequence = atSequence;
    timeMs = atTimeMs;
  }
}
