// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.time.Randomness;
import org.jspecify.annotations.Nullable;

/**
 * The pen with which a family writes down what a command leads to.
 *
 * <p>An emitted event is encoded into the record and applied at once, so that a later step of the
 * same record sees it; a family therefore judges first and emits last. The engine appends the
 * record, and lets answers out when what they rest on is durable.
 *
 * <p><b>Thread:</b> the partition's; one instance per partition, valid during the call only.
 */
public final class Decision {

  private final PartitionState state;
  private final Randomness randomness;
  private final DecisionLimits limits;
  private final RecordBuffer record = new RecordBuffer();
  private final ReplyGate gate;

  private int schemaId;
  private long nowMs;
  private long lookedPosition;
  private ReplyPort port = ReplyPort.NOBODY;
  private @Nullable Command command;
  private @Nullable Actor actor;
  private boolean audited;
  private boolean refused;
  private @Nullable Answer answer;
  private boolean repeated;
  private boolean parked;
  private boolean begun;

  Decision(PartitionState state, Randomness randomness, DecisionLimits limits, ReplyGate gate) {
    this.state = state;
    this.randomness = randomness;
    this.limits = limits;
    this.gate = gate;
  }

  void begin(long atMs, ReplyPort replyPort, @Nullable Command decided) {
    record.clear();
    nowMs = atMs;
    lookedPosition = 0;
    port = replyPort;
    command = decided instanceof Acted acted ? acted.command() : decided;
    actor = decided instanceof Acted acted ? acted.actor() : null;
    audited = false;
    refused = false;
    answer = null;
    repeated = false;
    parked = false;
    begun = false;
  }

  /** Names the family whose events follow. */
  void as(int familySchemaId) {
    schemaId = familySchemaId;
  }

  /** The partition's time for this record, epoch milliseconds; never goes back. */
  public long nowMs() {
    return nowMs;
  }

  /** Chance for seeds, codes and the like; what it gave stands in the event. */
  public Randomness randomness() {
    return randomness;
  }

  /** Says that the answer rests on an entity which last changed at that position. */
  public void looked(long position) {
    lookedPosition = Math.max(lookedPosition, position);
  }

  /**
   * Says that the answer rests on all that the partition knows, or on something not being there.
   *
   * @return the position that it shows
   */
  public long lookedAtEverything() {
    looked(state.sequence());
    return state.sequence();
  }

  /** Writes an event down and applies it. */
  public void emit(Event event) {
    emit(schemaId, event);
  }

  void emit(int eventSchemaId, Event event) {
    if (!begun) {
      state.beginRecord(state.sequence() + 1, nowMs);
      begun = true;
    }
    record.add(state.codec(eventSchemaId), event);
    state.apply(eventSchemaId, event);
  }

  /** Answers a read, or a command whose repeat is known by its entity. */
  public void answer(Answer given) {
    Check.that(answer == null && !parked, "a command is answered once");
    answer = given;
  }

  /** Accepts a keyed command; a repeat of its key is answered from that entity. */
  public void accept(Answer given, long resultId) {
    answer(given);
    if (!repeated && command instanceof KeyedCommand keyed) {
      storeKey(keyed.key(), 0, resultId);
    }
  }

  /** Refuses; under a key, refusals that depend on money are stored with it. */
  public void refuse(RefusalCode code) {
    refuse(code, 0);
  }

  /** Refuses, with the time after which another try makes sense. */
  public void refuse(RefusalCode code, long retryAfterMs) {
    answer(new Refusal(code, retryAfterMs));
    refused = true;
    if (command instanceof KeyedCommand keyed && !repeated && isStored(code)) {
      storeKey(keyed.key(), code.number(), 0);
    }
  }

  /**
   * Refuses with an answer that says more than the code; a repeat under the key hears the code.
   *
   * @param shown what is told this time
   */
  public void refuse(RefusalCode code, Answer shown) {
    answer(shown);
    refused = true;
    if (command instanceof KeyedCommand keyed && !repeated && isStored(code)) {
      storeKey(keyed.key(), code.number(), 0);
    }
  }

  // Load and syntax are not: the same request may fare better a moment later.
  private static boolean isStored(RefusalCode code) {
    return code.number() >= 400 && code.retry() != RefusalCode.Retry.AFTER;
  }

  private void storeKey(ClientKey key, int answerCode, long resultId) {
    emit(
        EngineCodec.SCHEMA_ID,
        new EngineEvent.KeyStored(
            key.hashHigh(), key.hashLow(), key.bodyHash(), answerCode, resultId));
  }

  /**
   * Tells the audit what an operator's command changed; nothing happens for commands of others.
   * Without this call a change is audited by its operation alone.
   *
   * @param subject kind and id of what was changed: {@code user:10001}
   * @param before {@link AuditFacts#text}, or {@link AuditFacts#NONE}
   * @param after likewise
   */
  public void audit(String subject, String before, String after) {
    Actor who = actor;
    if (who == null) {
      return;
    }
    Check.that(!audited, "a decision is audited once");
    audited = true;
    emit(
        EngineCodec.SCHEMA_ID,
        new EngineEvent.ActionAudited(
            who.keyId(), who.name(), who.operation(), who.cause(), subject, before, after));
  }

  /** Whether an audit of this decision would be journaled, so that facts are worth gathering. */
  public boolean isAudited() {
    return actor != null;
  }

  // No change of an operator is without a line, whatever its family forgot.
  void auditWhatChanged() {
    if (actor != null && !audited && !refused && !record.isEmpty()) {
      audit("", AuditFacts.NONE, AuditFacts.NONE);
    }
  }

  @Nullable Command command() {
    return command;
  }

  void markRepeated() {
    repeated = true;
  }

  /** Decides the command again when the entity's transfer has arrived; answers nothing now. */
  public void park(long entityId) {
    Check.that(answer == null && record.isEmpty(), "only an undecided command is parked");
    parked = true;
    Command waiting = Check.present(command, "parked command");
    limits.park(entityId, actor == null ? waiting : new Acted(waiting, actor), port);
  }

  /** Asks for something outside, once this record is durable. */
  public void perform(Effect effect) {
    gate.add(sequenceAfter(), limits.effects(), effect, 0);
  }

  /** Runs something when this record is durable: what makes it visible to the whole process. */
  public void publish(Runnable publication) {
    gate.add(sequenceAfter(), PUBLICATION, publication, 0);
  }

  /** Marks what {@link #publish} put behind the gate. */
  static final Object PUBLICATION = new Object();

  /** Sets a timer that is not derived from state, such as the next question to a provider. */
  public void timer(long dueMs, int kind, long id) {
    state.parts().timers().set(dueMs, schemaId, kind, id);
  }

  /** Whether another transfer to that partition fits; the reserve serves refunds. */
  public boolean hasOutboxRoom(int destination, boolean mayUseReserve) {
    return state.parts().outbox().unacknowledged(destination)
        < (mayUseReserve ? limits.outboxMax() : limits.outboxMax() - limits.outboxReserve());
  }

  /** Position that the record will have. */
  public long sequenceAfter() {
    return begun ? state.sequence() + 1 : state.sequence();
  }

  RecordBuffer record() {
    return record;
  }

  boolean isParked() {
    return parked;
  }

  boolean isRepeated() {
    return repeated;
  }

  @Nullable Answer answer() {
    return answer;
  }

  ReplyPort port() {
    return port;
  }

  long lookedPosition() {
    return lookedPosition;
  }
}
