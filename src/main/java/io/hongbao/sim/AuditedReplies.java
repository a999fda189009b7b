// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.engine.Refusal;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedPartition.Key;
import io.hongbao.sim.AuditedPartition.Packet;
import java.util.IdentityHashMap;

/**
 * What is due to whoever asked: said when a command is decided, compared when the answer arrives,
 * much later or never.
 */
final class AuditedReplies {

  private final AuditedIdentity identity;
  private final AuditedTransfers transfers;
  private final AuditedRecalls recalls;
  private final Marks marks;
  private final IdentityHashMap<Command, Expectation> expectations = new IdentityHashMap<>();
  private long answers;

  AuditedReplies(AuditedIdentity identity, AuditedTransfers transfers, Marks marks) {
    this.identity = identity;
    this.transfers = transfers;
    this.recalls = new AuditedRecalls(transfers);
    this.marks = marks;
  }

  /** Answers that arrived. */
  long count() {
    return answers;
  }

  /** The server is gone, and with it every answer that had not left. */
  void forget() {
    expectations.clear();
  }

  /**
   * A command was decided.
   *
   * @param after position of the record that it made, if it made one
   */
  void decided(AuditedPartition book, Command command, AuditContext now, long after) {
    if (now.foretold != null) {
      expectations.put(command, identity.expect(book, command, now, now.foretold, after));
      return;
    }
    if (command instanceof OpenPacket open && book.evicted.contains(open.packetId())) {
      marks.count(Fault.READ_OF_EVICTED);
    }
    boolean mustChange = AuditedChange.mustChange(book, command);
    boolean mayBeBusy = AuditedChange.isBusy(book, command);
    if (now.verdict == RefusalCode.OVERLOADED) {
      expectations.put(command, Expectation.load(false));
      return;
    }
    if (now.verdict != null) {
      boolean isStored = command instanceof KeyedCommand && AuditedKeys.isStored(now.verdict);
      if (command instanceof KeyedCommand keyed && isStored) {
        AuditedKeys.store(book, keyed, now.verdict.number(), 0, now, after);
      }
      expectations.put(
          command,
          Expectation.refusal(
              now.verdict, isStored ? after : AuditedRests.of(book, command, now.verdict)));
      return;
    }
    if (now.events == 0 && mustChange) {
      expectations.put(command, Expectation.load(mayBeBusy));
      return;
    }
    if (command instanceof KeyedCommand keyed) {
      AuditedKeys.store(book, keyed, 0, AuditedKeys.result(keyed, now), now, after);
    }
    Told told =
        command instanceof BookBatch
            ? transfers.batch(book, now.madeId)
            : AuditedAnswers.told(book, command, now);
    if (told == null) {
      throw new SimFailure("a batch that was made is not there");
    }
    expectations.put(command, Expectation.of(told.check(), told.restsOn(), mayBeBusy));
  }

  /** A key was known: its answer is shown again. */
  void recalled(AuditedPartition book, KeyedCommand command, long resultId, long nowMs) {
    Key key = book.keys.get(AuditedKeys.name(command.key()));
    if (key == null) {
      throw new SimFailure("a key is known that nobody used");
    }
    SimFailure.same(key.resultId(), resultId, "what a key made");
    Told told = recalls.told(book, command, resultId, nowMs);
    SimFailure.require(told != null, "what a key made is forgotten before the key");
    if (told != null) {
      long restsOn = Math.max(told.restsOn(), key.at());
      expectations.put(command, Expectation.of(told.check(), restsOn, false));
    }
  }

  /** An answer arrived at whoever asked. */
  void heard(
      AuditedPartition book, Command command, Answer answer, long position, Auditor.Server server) {
    Expectation expected = expectations.remove(command);
    long restsOn = position;
    if (answer instanceof Refusal refusal && refusal.code() == RefusalCode.OVERLOADED) {
      SimFailure.require(
          expected == null || expected.onlyLoad(), () -> "overloaded without load: " + command);
      marks.count(Fault.OVERLOADED);
      AuditedKeys.full(book, command, refusal, marks, server.nowMs());
      return;
    }
    if (expected == null) {
      restsOn = Math.max(restsOn, AuditedKeys.heardOfKey(book, command, answer, server.nowMs()));
    } else {
      AuditedKeys.check(expected, command, answer);
      restsOn = Math.max(restsOn, expected.restsOn());
    }
    if (answer instanceof ShareShown shown && shown.isFirst()) {
      Packet packet = book.packets.get(shown.packetId());
      if (packet != null) {
        packet.opens.remove((Long) position);
      }
    }
    long rests = restsOn;
    SimFailure.require(
        server.durableSequence(book.number) >= rests,
        () -> "told of " + rests + " before it was durable: " + command + " → " + answer);
    book.promised = Math.max(book.promised, restsOn);
    identity.knock(book, command, server, rests);
    answers++;
  }
}
