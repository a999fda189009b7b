// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Lanes".
package io.hongbao.shard;

import io.hongbao.engine.Answer;
import io.hongbao.engine.BatchPort;
import io.hongbao.engine.Command;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.ReplyPort;
import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one batch that concern one lane: one letter there, one letter back.
 *
 * <p><b>Thread:</b> the sender's until it is put into the queue, then the owner's until all are
 * answered, then the sender's again; the queues hand it over.
 *
 * <p><b>Durability:</b> it goes home when its last answer may be told; the others wait in it.
 */
final class CommandBatch {

  private final BatchPort port;
  private final int homeLane;
  private final long sentNanos;
  private final List<Entry> entries = new ArrayList<>();
  private int unanswered;

  /** One command with its answer to be. */
  private static final class Entry {
    private final int index;
    private final int partition;
    private final Command command;
    private @Nullable Answer answer;
    private long position;
    private boolean isRepeated;

    private Entry(int index, int partition, Command command) {
      this.index = index;
      this.partition = partition;
      this.command = command;
    }
  }

  /** Carries one command out. */
  interface Decider {
    void decide(int partition, Command command, ReplyPort port);
  }

  CommandBatch(BatchPort port, int homeLane, long sentNanos) {
    this.port = port;
    this.homeLane = homeLane;
    this.sentNanos = sentNanos;
  }

  int homeLane() {
    return homeLane;
  }

  long sentNanos() {
    return sentNanos;
  }

  void add(int index, int partition, Command command) {
    entries.add(new Entry(index, partition, command));
  }

  /**
   * Carries all out, in their order.
   *
   * @param whenAnswered run once, when the last answer may be told; that may be before this returns
   */
  void decide(Decider decider, Runnable whenAnswered) {
    // An answer may come at once: the count must be whole before the first is asked for.
    unanswered = entries.size();
    for (Entry entry : entries) {
      decider.decide(
          entry.partition,
          entry.command,
          (answer, position, repeated) -> {
            entry.answer = answer;
            entry.position = position;
            entry.isRepeated = repeated;
            unanswered--;
            if (unanswered == 0) {
              whenAnswered.run();
            }
          });
    }
  }

  /** Hands all answers over; on the sender's thread. */
  void deliver() {
    for (Entry entry : entries) {
      Answer answer = Check.present(entry.answer, "answer of a batch");
      port.deliver(entry.index, answer, entry.position, entry.isRepeated);
    }
  }

  /** Gives all the same refusal; nothing of the batch was carried out. */
  void refuse(Refusal refusal) {
    for (Entry entry : entries) {
      port.deliver(entry.index, refusal, 0, false);
    }
  }
}
