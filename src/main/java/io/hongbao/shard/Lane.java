// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Lanes".
package io.hongbao.shard;

import io.hongbao.engine.BatchPort;
import io.hongbao.engine.Command;
import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.PartitionLinks;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.ReplyPort;
import io.hongbao.engine.TransferBatch;
import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalAppender;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.shard.Mail.BatchMail;
import io.hongbao.shard.Mail.BatchReplyMail;
import io.hongbao.shard.Mail.CommandMail;
import io.hongbao.shard.Mail.MarkMail;
import io.hongbao.shard.Mail.ReplyMail;
import io.hongbao.shard.Mail.TaskMail;
import io.hongbao.shard.Mail.TransferMail;
import io.hongbao.time.TimeSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's partitions, and its mail with the other loops.
 *
 * <p>Work comes in bursts: whoever hands something in calls {@link #wake}, and one scheduled {@link
 * #turn} drains all queues, ends the turns of the partitions, and tells the journal that nothing
 * more is at hand.
 *
 * <p><b>Thread:</b> the loop that its executor stands for, except {@link #wake} and what the queues
 * take from other lanes.
 *
 * <p><b>Limit:</b> {@code engine.mailbox_max} letters per ordered pair of lanes; a full queue
 * answers {@code overloaded}. Answers and marks that find it full are kept by their sender.
 * Transfers and marks have a queue of their own first, which commands cannot use up.
 */
public final class Lane implements PartitionLinks {

  private static final long OVERLOADED_RETRY_MS = 200;

  /** Rounds in which partitions of one lane feed one another before I/O gets its turn again. */
  private static final int LOCAL_ROUNDS_MAX = 64;

  private final int index;
  private final LaneSet lanes;
  private final Journal journal;
  private final JournalAppender appender;
  private final TimeSource time;
  private final Executor loop;
  private final List<PartitionCore> cores = new ArrayList<>();
  private final ArrayDeque<Mail> local = new ArrayDeque<>();
  private final List<ArrayDeque<Mail>> overflow = new ArrayList<>();
  private final AtomicBoolean isScheduled = new AtomicBoolean();
  private final LaneMeters meters = new LaneMeters();
  private boolean isBatchOpen;

  Lane(int index, LaneSet lanes, Journal journal, TimeSource time, Executor loop) {
    this.index = index;
    this.lanes = lanes;
    this.journal = journal;
    this.appender = journal.appender(index);
    this.time = time;
    this.loop = loop;
    for (int i = 0; i < lanes.count(); i++) {
      overflow.add(new ArrayDeque<>());
    }
  }

  public int index() {
    return index;
  }

  public LaneMeters meters() {
    return meters;
  }

  /** The partitions that live here. */
  public List<PartitionCore> cores() {
    return cores;
  }

  public JournalAppender appender() {
    return appender;
  }

  /** Adds a partition before the lane is first woken. */
  public void add(PartitionCore core) {
    cores.add(core);
    lanes.place(core.partition(), this, core);
  }

  /**
   * Hands a command to its partition; the answer comes back on this lane's thread.
   *
   * <p><b>Thread:</b> this lane's.
   */
  public void submit(int partition, Command command, ReplyPort port) {
    Lane owner = lanes.laneOf(partition);
    if (owner == this) {
      openBatch();
      decide(partition, command, port);
      wake();
      return;
    }
    CommandMail mail = new CommandMail(partition, command, port, index, time.nanos());
    if (lanes.offer(index, owner.index, mail)) {
      owner.wake();
    } else {
      owner.meters.countQueueFull();
      port.deliver(new Refusal(RefusalCode.OVERLOADED, OVERLOADED_RETRY_MS), 0, false);
    }
  }

  /**
   * Hands in several commands at once: those of another lane go there in one letter, and their
   * answers come back in one; those of this lane are decided in one turn. So all of them share a
   * flush.
   *
   * <p><b>Thread:</b> this lane's.
   *
   * @param partitions of each command
   */
  public void submitAll(int[] partitions, Command[] commands, BatchPort port) {
    @Nullable CommandBatch[] byLane = new CommandBatch[lanes.count()];
    for (int i = 0; i < commands.length; i++) {
      int owner = lanes.laneOf(partitions[i]).index;
      CommandBatch batch = byLane[owner];
      if (batch == null) {
        batch = new CommandBatch(port, index, time.nanos());
        byLane[owner] = batch;
      }
      batch.add(i, partitions[i], commands[i]);
    }
    // The others first: they work while this lane does.
    for (int to = 0; to < byLane.length; to++) {
      CommandBatch batch = byLane[to];
      if (batch != null && to != index) {
        send(lanes.lane(to), batch);
      }
    }
    CommandBatch own = byLane[index];
    if (own != null) {
      openBatch();
      own.decide(this::decide, own::deliver);
      wake();
    }
  }

  private void send(Lane owner, CommandBatch batch) {
    if (lanes.offer(index, owner.index, new BatchMail(batch))) {
      owner.wake();
    } else {
      owner.meters.countQueueFull();
      batch.refuse(new Refusal(RefusalCode.OVERLOADED, OVERLOADED_RETRY_MS));
    }
  }

  /** Schedules one turn unless one is scheduled already. Any thread. */
  public void wake() {
    if (isScheduled.compareAndSet(false, true)) {
      loop.execute(this::turn);
    }
  }

  /** Drains everything at hand once. */
  public void turn() {
    // Cleared first: what arrives from now on schedules the next turn.
    isScheduled.set(false);
    meters.countTurn();
    openBatch();
    for (int from = 0; from < lanes.sources(); from++) {
      lanes.drain(from, index, this::read);
    }
    retryOverflow();
    for (int round = 0; ; round++) {
      long nowMs = time.nowMs();
      for (int i = 0; i < cores.size(); i++) {
        PartitionCore core = cores.get(i);
        core.turn(journal.durableSequence(core.partition()), nowMs);
      }
      if (local.isEmpty()) {
        break;
      }
      if (round == LOCAL_ROUNDS_MAX) {
        wake();
        break;
      }
      for (int left = local.size(); left > 0; left--) {
        read(Check.present(local.poll(), "local mail"));
      }
    }
    isBatchOpen = false;
    appender.endBatch();
  }

  private void openBatch() {
    if (!isBatchOpen) {
      isBatchOpen = true;
      appender.beginBatch();
    }
  }

  private void read(Mail mail) {
    switch (mail) {
      case CommandMail m -> {
        meters.queueNanos().record(time.nanos() - m.sentNanos());
        ReplyPort home =
            m.homeLane() == LaneSet.OUTSIDE
                ? m.port()
                : (answer, position, repeated) ->
                    post(m.homeLane(), new ReplyMail(m.port(), answer, position, repeated));
        decide(m.partition(), m.command(), home);
      }
      case BatchMail m -> {
        CommandBatch batch = m.batch();
        meters.queueNanos().record(time.nanos() - batch.sentNanos());
        batch.decide(this::decide, () -> post(batch.homeLane(), new BatchReplyMail(batch)));
      }
      case BatchReplyMail m -> m.batch().deliver();
      case ReplyMail m -> m.port().deliver(m.answer(), m.position(), m.repeated());
      case TransferMail m -> lanes.core(m.batch().destination()).receive(m.batch());
      case TaskMail m -> m.task().accept(lanes.core(m.partition()));
      case MarkMail m -> lanes.core(m.source()).acknowledged(m.receiver(), m.upTo());
    }
  }

  private void decide(int partition, Command command, ReplyPort port) {
    long startNanos = time.nanos();
    lanes.core(partition).submit(command, port);
    meters.decideNanos().record(time.nanos() - startNanos);
  }

  @Override
  public boolean send(TransferBatch batch) {
    Lane owner = lanes.laneOf(batch.destination());
    if (owner == this) {
      local.add(new TransferMail(batch));
      return true;
    }
    boolean isTaken = lanes.offerDuty(index, owner.index, new TransferMail(batch));
    owner.wake();
    return isTaken;
  }

  @Override
  public boolean acknowledge(int source, int receiver, long upTo) {
    Lane owner = lanes.laneOf(source);
    MarkMail mail = new MarkMail(source, receiver, upTo);
    if (owner == this) {
      local.add(mail);
      return true;
    }
    if (lanes.offerDuty(index, owner.index, mail)) {
      owner.wake();
    } else {
      post(owner.index, mail);
    }
    return true;
  }

  // Answers and marks are never dropped: there are no more of them than there are commands and
  // transfers under way, which are bounded themselves.
  private void post(int to, Mail mail) {
    ArrayDeque<Mail> kept = overflow.get(to);
    if (!kept.isEmpty() || !lanes.offer(index, to, mail)) {
      kept.add(mail);
    }
    lanes.lane(to).wake();
  }

  private void retryOverflow() {
    for (int to = 0; to < overflow.size(); to++) {
      ArrayDeque<Mail> kept = overflow.get(to);
      while (!kept.isEmpty() && lanes.offer(index, to, kept.peek())) {
        kept.poll();
        lanes.lane(to).wake();
      }
    }
  }

  /** Answers that wait to become durable, over all partitions of this lane. */
  public int waitingReplies() {
    int sum = local.size();
    for (ArrayDeque<Mail> kept : overflow) {
      sum += kept.size();
    }
    for (PartitionCore core : cores) {
      sum += core.waitingReplies();
    }
    return sum;
  }
}
