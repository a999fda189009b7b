// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Transfers".
package io.hongbao.engine;

import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends what is durable in the outbox, takes what others send, and journals acknowledgements
 * together.
 *
 * <p><b>Thread:</b> the partition's.
 */
final class TransferDesk {

  /** Transfers on their way to one destination before its first word; bounds the link's queue. */
  private static final int WINDOW = 4_096;

  private static final int BATCH_MAX = 64;

  /** So that the smallest journal's lane that can be configured has room for a batch's record. */
  private static final int BATCH_BYTES_MAX = 48 * 1024;

  /** A mark of received transfers with its length and header has 22 bytes, so have others. */
  private static final int MARK_BYTES_MAX = 32;

  /** More than any family's transfer: texts and metadata are bounded far below. */
  private static final int TRANSFER_BYTES_MAX = 16 * 1024;

  /** Acknowledged transfers that are worth a record of their own at once. */
  private static final int ACKNOWLEDGED_ENOUGH = 256;

  private final PartitionState state;
  private final PartitionSettings settings;
  private final PartitionLinks links;
  private final Outbox outbox;
  private long untoldSinceMs = Long.MAX_VALUE;
  private long inFlight;
  // Told and not journaled yet, over all destinations.
  private long pending;

  TransferDesk(PartitionState state, PartitionSettings settings, PartitionLinks links) {
    this.state = state;
    this.settings = settings;
    this.links = links;
    this.outbox = state.parts().outbox();
  }

  /**
   * What the largest record may need that moves money or marks; without room for it, none moves.
   */
  int recordBytesMax() {
    int batch = MARK_BYTES_MAX + BATCH_BYTES_MAX + TRANSFER_BYTES_MAX;
    return Math.max(batch, acknowledgementBytesMax());
  }

  /** How many of the batch are new: 0 = all known, negative = there is a gap before it. */
  int fresh(TransferBatch batch) {
    Check.equal(batch.destination(), state.parts().partition(), "destination of transfers");
    long mark = outbox.receivedMark(batch.source());
    if (batch.firstNumber() > mark + 1) {
      return -1;
    }
    long last = batch.firstNumber() + batch.transfers().size() - 1;
    return (int) Math.max(0, last - mark);
  }

  /** What the record may need at most that takes the last {@code fresh} of the batch. */
  int recordBytesMax(TransferBatch batch, int fresh) {
    List<Transfer> transfers = batch.transfers();
    int bytes = MARK_BYTES_MAX;
    for (int i = transfers.size() - fresh; i < transfers.size(); i++) {
      bytes += transfers.get(i).recordBytesMax();
    }
    return bytes;
  }

  /** What a record of acknowledgements from everywhere may need at most. */
  int acknowledgementBytesMax() {
    return MARK_BYTES_MAX * outbox.partitionCount();
  }

  /** Takes the new ones of a batch: the family accounts for each, then the mark moves. */
  void take(TransferBatch batch, Decision decision) {
    long mark = outbox.receivedMark(batch.source());
    int skip = (int) (mark + 1 - batch.firstNumber());
    List<Transfer> transfers = batch.transfers();
    for (int i = skip; i < transfers.size(); i++) {
      Transfer transfer = transfers.get(i);
      decision.as(transfer.schemaId());
      int before = decision.record().lengthBytes();
      state.family(transfer.schemaId()).receive(transfer, decision);
      Check.that(decision.record().lengthBytes() > before, "a transfer leaves an event");
    }
    long upTo = batch.firstNumber() + transfers.size() - 1;
    decision.emit(EngineCodec.SCHEMA_ID, new EngineEvent.TransfersReceived(batch.source(), upTo));
  }

  void told(int destination, long upTo, long nowMs) {
    TransferQueue queue = outbox.toward(destination);
    long before = queue.told();
    if (queue.told(upTo)) {
      pending += upTo - before;
      untoldSinceMs = Math.min(untoldSinceMs, nowMs);
      queue.movedAt(nowMs);
    }
  }

  /** Whether the told acknowledgements should be journaled now rather than a little later. */
  boolean mustJournalAcknowledgements(long nowMs, boolean somebodyWaits) {
    if (untoldSinceMs == Long.MAX_VALUE) {
      return false;
    }
    if (somebodyWaits || nowMs - untoldSinceMs >= settings.acknowledgeDelayMs()) {
      return true;
    }
    return pending >= ACKNOWLEDGED_ENOUGH;
  }

  void journalAcknowledgements(Decision decision) {
    for (int i = 0; i < outbox.partitionCount(); i++) {
      TransferQueue queue = outbox.toward(i);
      if (queue.told() > queue.acknowledged()) {
        decision.emit(
            EngineCodec.SCHEMA_ID, new EngineEvent.TransfersAcknowledged(i, queue.told()));
      }
    }
    untoldSinceMs = Long.MAX_VALUE;
    pending = 0;
  }

  /** Hands durable entries to the links; starts again from the last known mark when stuck. */
  void send(long durableSequence, long nowMs) {
    inFlight = 0;
    for (int i = outbox.nextOpen(0); i >= 0; i = outbox.nextOpen(i + 1)) {
      TransferQueue queue = outbox.toward(i);
      if (queue.last() == queue.told()) {
        outbox.close(i);
      } else {
        inFlight += queue.last() - queue.told();
        // Each destination has its own patience: a lively one says nothing about a silent one.
        boolean isStuck =
            queue.sent() > queue.told() && nowMs - queue.movedAtMs() >= settings.resendMs();
        if (isStuck) {
          queue.sent(queue.told());
        }
        if (queue.sent() == queue.told()) {
          queue.movedAt(nowMs);
        }
        send(i, queue, durableSequence);
      }
    }
  }

  long inFlight() {
    return inFlight;
  }

  private void send(int destination, TransferQueue queue, long durableSequence) {
    while (queue.sent() < queue.last() && queue.sent() - queue.told() < WINDOW) {
      List<Transfer> batch = new ArrayList<>();
      long first = queue.sent() + 1;
      long next = first;
      int bytes = 0;
      while (next <= queue.last()
          && batch.size() < BATCH_MAX
          && bytes < BATCH_BYTES_MAX
          && queue.position(next) <= durableSequence) {
        Transfer transfer = queue.transfer(next);
        batch.add(transfer);
        bytes += transfer.recordBytesMax();
        next++;
      }
      if (batch.isEmpty()
          || !links.send(new TransferBatch(state.parts().partition(), destination, first, batch))) {
        return;
      }
      queue.sent(next - 1);
    }
  }
}
