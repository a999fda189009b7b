// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

import io.hongbao.engine.journal.JournalAppender;
import io.hongbao.model.BrokenInvariantException;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * One partition at work: decides commands in memory, appends what was decided, and lets answers out
 * when they are durable.
 *
 * <p>Its surroundings call it in turns: any number of inputs ({@link #submit}, {@link #receive},
 * {@link #acknowledged}, {@link #release}), then {@link #endTurn}.
 *
 * <p><b>Thread:</b> the one event loop that owns the partition.
 *
 * <p><b>Durability:</b> an answer leaves only after every record it rests on is durable.
 *
 * <p><b>Failure:</b> an exception after the first change of a record, a broken invariant or an
 * {@link Error} stops the partition for good: memory is then ahead of what may be journaled. Any
 * other exception is the caller's alone; transfers that met one are not acknowledged.
 *
 * <p><b>Limit:</b> answers waiting (parked commands among them), bytes waiting in the journal's
 * lane, transfers unacknowledged; at a limit the command hears {@code overloaded} before anything
 * is looked up.
 */
public final class PartitionCore implements DecisionLimits {

  private static final int MARK_BYTES_MAX = 64;

  /** After this a timer runs again whose rule failed: late, but not lost until the next start. */
  private static final long FAILED_TIMER_MS = 60_000;

  private final PartitionState state;
  private final PartitionSettings settings;
  private final Surroundings around;
  private final ReplyGate gate = new ReplyGate();
  private final Decision decision;
  private final TransferDesk transfers;
  private final KeyDesk keys;
  private final PartitionMeters meters = new PartitionMeters();
  private final ParkedCommands parked = new ParkedCommands();
  private boolean stopped;
  private long releasedSequence;
  private long lookedMs = Long.MIN_VALUE;
  private boolean isTouched = true;
  private @Nullable AtOnce atOnce;

  /**
   * What the partition reaches outside itself.
   *
   * @param onFatal told once when the partition must stop; the process exits
   */
  public record Surroundings(
      TimeSource time,
      io.hongbao.time.Randomness randomness,
      JournalAppender journal,
      PartitionLinks links,
      Effect.Sink effects,
      java.util.function.Consumer<Throwable> onFatal) {}

  private record AtOnce(ReplyPort port, Answer answer, long shown) {}

  public PartitionCore(PartitionState state, PartitionSettings settings, Surroundings around) {
    this.state = state;
    this.settings = settings;
    this.around = around;
    this.decision = new Decision(state, around.randomness(), this, gate);
    this.transfers =
        new TransferDesk(state, settings, around.links(), around.journal().payloadBytesMax());
    this.keys = new KeyDesk(state, settings.idempotencyWindowMs(), settings.keysMax());
    state.onWake(parked::wake);
  }

  /** The state, for recovery, snapshots and tests; only the owner's thread may look. */
  public PartitionState state() {
    return state;
  }

  public PartitionMeters meters() {
    return meters;
  }

  /** How much of the room for idempotency keys is used; 1 = all but the reserve. Any thread. */
  public double keysShare() {
    return meters.keys() / (double) settings.keysMax();
  }

  public int partition() {
    return state.parts().partition();
  }

  /** Partition time: never below the last record's. */
  public long nowMs() {
    return Math.max(around.time().nowMs(), state.timeMs());
  }

  /** Releases and ends the turn if inputs, durability or time can have brought any work. */
  public void turn(long durableSequence, long nowMs) {
    if (isTouched || durableSequence != releasedSequence || nowMs != lookedMs) {
      isTouched = false;
      lookedMs = nowMs;
      release(durableSequence);
      endTurn(durableSequence);
    }
  }

  /** Takes a command; its answer goes to the port, now or when it is durable. */
  public void submit(Command command, ReplyPort port) {
    isTouched = true;
    int limit = settings.repliesMax() - (command.mayUseReserve() ? 0 : settings.repliesReserve());
    if (stopped
        || gate.count() + parked.count() >= limit
        || !around.journal().hasRoom(command.recordBytesMax(), command.mayUseReserve())) {
      port.deliver(NoRoom.refusal(command, stopped, around.journal(), meters), 0, false);
      return;
    }
    decision.begin(nowMs(), port, command);
    decide(
        () -> {
          Family family = state.family(command.schemaId());
          decision.as(command.schemaId());
          Command plain = Check.present(decision.command(), "command to decide");
          if (plain instanceof KeyedCommand keyed) {
            if (keys.answered(keyed, family, decision)) {
              return;
            }
            if (keys.hasNoRoom(keyed, decision)) {
              meters.countOverloaded();
              return;
            }
          }
          family.decide(plain, decision);
          decision.auditWhatChanged();
        });
    deliverAtOnce();
  }

  /** Takes transfers of another partition; what was taken before is acknowledged again. */
  public void receive(TransferBatch batch) {
    isTouched = true;
    if (stopped) {
      return;
    }
    int fresh = transfers.fresh(batch);
    if (fresh < 0 || !around.journal().hasRoom(transfers.recordBytesMax(batch, fresh), true)) {
      return;
    }
    if (fresh > 0) {
      decision.begin(nowMs(), ReplyPort.NOBODY, null);
      if (!decide(() -> transfers.take(batch, decision))) {
        // Never acknowledged, so the source keeps what is owed and sends it again.
        return;
      }
      meters.countTransfers(fresh);
    }
    // The mark may be told only when the record that set it is durable.
    long mark = state.parts().outbox().receivedMark(batch.source());
    gate.add(state.sequence(), new MarkPort(batch.source()), mark, 0);
  }

  private record MarkPort(int source) {}

  /** Hears from a destination up to which number it has this partition's transfers durably. */
  public void acknowledged(int destination, long upTo) {
    isTouched = true;
    if (stopped) {
      return;
    }
    try {
      transfers.told(destination, upTo, nowMs());
    } catch (BrokenInvariantException e) {
      // It has what this partition never sent: one of the two has lost its memory.
      stop(e);
    }
  }

  /** Ends a turn: due timers, acknowledgements, transfers that have become sendable. */
  public void endTurn(long durableSequence) {
    if (stopped) {
      return;
    }
    long nowMs = nowMs();
    runTimers(nowMs);
    if (!stopped
        && transfers.mustJournalAcknowledgements(nowMs, parked.count() > 0)
        && around.journal().hasRoom(transfers.acknowledgementBytesMax(), true)) {
      decision.begin(nowMs, ReplyPort.NOBODY, null);
      decide(() -> transfers.journalAcknowledgements(decision));
    }
    for (var next = parked.nextWoken(); next != null; next = parked.nextWoken()) {
      submit(next.command(), next.port());
    }
    if (!stopped) {
      transfers.send(durableSequence, nowMs);
    }
    meters.waiting(gate.count());
    meters.keys(keys.count());
    meters.inFlight(transfers.inFlight());
  }

  /** Lets out what rests on nothing newer than the durable sequence. */
  public void release(long durableSequence) {
    releasedSequence = durableSequence;
    gate.release(durableSequence, this::letOut);
  }

  @SuppressWarnings("ReferenceEquality") // There is one such port; it equals only itself.
  private void letOut(Object port, Object load, long recordPosition) {
    if (port instanceof ReplyPort reply) {
      reply.deliver((Answer) load, Math.abs(recordPosition), recordPosition < 0);
    } else if (port instanceof MarkPort mark) {
      around.links().acknowledge(mark.source(), partition(), (Long) load);
    } else if (port instanceof Effect.Sink sink) {
      sink.perform(partition(), (Effect) load);
    } else if (port == Decision.PUBLICATION) {
      publish((Runnable) load);
    }
  }

  // What the process shares would stay behind the state for ever, and nobody would look again.
  private void publish(Runnable publication) {
    try {
      publication.run();
    } catch (RuntimeException | Error e) {
      stop(e);
    }
  }

  private void stop(Throwable cause) {
    stopped = true;
    around.onFatal().accept(cause);
  }

  /**
   * Journals the hash of the state, so that replay and the snapshot builder can compare.
   *
   * @return sequence of the record; 0 when the journal has no room for it now
   */
  public long markStateHash() {
    if (stopped || !around.journal().hasRoom(MARK_BYTES_MAX, false)) {
      return 0;
    }
    decision.begin(nowMs(), ReplyPort.NOBODY, null);
    decide(() -> decision.emit(EngineCodec.SCHEMA_ID, new EngineEvent.StateHashed(state.hash())));
    return state.sequence();
  }

  /** Answers when all that this partition knows is durable; changes nothing, counts nothing. */
  public void probe(ReplyPort port) {
    decision.begin(nowMs(), port, null);
    decision.lookedAtEverything();
    decision.answer(stopped ? Refusal.of(RefusalCode.INTERNAL_ERROR) : Alive.ANSWER);
    append();
    deliverAtOnce();
  }

  /** Answers that wait to become durable, without parked commands. */
  public int waitingReplies() {
    return gate.count();
  }

  /**
   * Keeps what is due already from running: after a long standstill the clock may be wrong, and
   * what a timer does is not undone. Called before the first turn.
   */
  public void holdDueTimers() {
    state.parts().timers().hold(nowMs());
  }

  /** Somebody has looked at the clock: what was kept back runs. */
  public void releaseTimers() {
    state.parts().timers().letGo();
  }

  private void runTimers(long nowMs) {
    Timers timers = state.parts().timers();
    for (int i = 0; i < settings.timersPerTurn() && timers.nextDueMs() <= nowMs; i++) {
      if (!around.journal().hasRoom(4096, true)) {
        return;
      }
      int schemaId = timers.firstSchemaId();
      int kind = timers.firstKind();
      long id = timers.firstId();
      timers.removeFirst();
      decision.begin(nowMs, ReplyPort.NOBODY, null);
      decision.as(schemaId);
      if (!decide(() -> state.family(schemaId).timer(kind, id, decision))) {
        timers.set(nowMs + FAILED_TIMER_MS, schemaId, kind, id);
        if (stopped) {
          return;
        }
      }
    }
    if (!timers.isHolding() && keys.hasExpired(nowMs) && around.journal().hasRoom(4096, true)) {
      decision.begin(nowMs, ReplyPort.NOBODY, null);
      decide(() -> keys.dropExpired(decision));
    }
  }

  /** Carries a step out; false when it failed, with nothing changed or the partition stopped. */
  private boolean decide(Runnable step) {
    try {
      step.run();
      append();
      return true;
    } catch (BrokenInvariantException | Error e) {
      stop(e);
    } catch (RuntimeException e) {
      if (!decision.record().isEmpty()) {
        stop(e);
      } else {
        System.getLogger(PartitionCore.class.getName())
            .log(System.Logger.Level.ERROR, "a command failed before it changed anything", e);
        decision.port().deliver(Refusal.of(RefusalCode.INTERNAL_ERROR), 0, false);
      }
    }
    return false;
  }

  private void append() {
    long recordPosition = 0;
    if (!decision.record().isEmpty()) {
      state.endRecord();
      recordPosition = state.sequence();
      around
          .journal()
          .append(
              partition(),
              recordPosition,
              state.timeMs(),
              decision.record().buffer(),
              0,
              decision.record().lengthBytes());
      meters.countRecord();
    }
    if (decision.isParked()) {
      return;
    }
    @Nullable Answer answer = decision.answer();
    if (answer == null) {
      return;
    }
    if (answer instanceof Refusal) {
      meters.countRefusal();
    }
    if (decision.isRepeated()) {
      meters.countRepeat();
    }
    long required = Math.max(decision.lookedPosition(), recordPosition);
    // A stored answer shows its first position as negative, which tells a repeat from a first.
    long shown = decision.isRepeated() ? -decision.lookedPosition() : recordPosition;
    if (required <= releasedSequence) {
      atOnce = new AtOnce(decision.port(), answer, shown);
    } else {
      gate.add(required, decision.port(), answer, shown);
    }
  }

  // What rests on durable records only leaves at once, and outside the decision: an exception of
  // the port is not one of the rules.
  private void deliverAtOnce() {
    AtOnce ready = atOnce;
    if (ready != null) {
      atOnce = null;
      letOut(ready.port(), ready.answer(), ready.shown());
    }
  }

  /** Forgets a waiting reader whose time is over; its port hears nothing more from here. */
  public void unpark(long entityId, ReplyPort port) {
    parked.forget(entityId, port);
  }

  @Override
  public void park(long entityId, Command command, ReplyPort port) {
    parked.park(entityId, command, port);
  }

  @Override
  public int outboxMax() {
    return settings.outboxMax();
  }

  @Override
  public int outboxReserve() {
    return settings.outboxReserve();
  }

  @Override
  public Effect.Sink effects() {
    return around.effects();
  }
}
