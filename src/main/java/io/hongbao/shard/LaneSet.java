// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Lanes".
package io.hongbao.shard;

import io.hongbao.engine.Command;
import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.ReplyPort;
import io.hongbao.engine.journal.Journal;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.hongbao.time.TimeSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * All lanes of a process, which partition lives on which, and the queues between them.
 *
 * <p><b>Thread:</b> set up by one; then lanes use their own ends of the queues, and anybody may
 * {@link #submit} from outside.
 */
public final class LaneSet {

  /** Home of commands that no lane sent. */
  static final int OUTSIDE = -1;

  /** Batches of transfers, and marks, under way between two lanes; what is more waits outside. */
  private static final int DUTIES_MAX = 1_024;

  private final Lane[] lanes;
  private final @Nullable Lane[] laneOfPartition;
  private final @Nullable PartitionCore[] coreOfPartition;
  // [to][from]; the last "from" is the queue of all other threads.
  private final Queue<Mail>[][] queues;
  // [to][from]; transfers and marks, so that no flood of commands keeps them from going out.
  private final Queue<Mail>[][] duties;
  private final TimeSource time;

  public LaneSet(
      List<? extends Executor> loops,
      int partitionCount,
      int mailboxMax,
      Journal journal,
      TimeSource time) {
    int count = loops.size();
    this.time = time;
    this.lanes = new Lane[count];
    this.laneOfPartition = new Lane[partitionCount];
    this.coreOfPartition = new PartitionCore[partitionCount];
    this.queues = queues(count, mailboxMax);
    this.duties = queues(count, Math.min(mailboxMax, DUTIES_MAX));
    for (int i = 0; i < count; i++) {
      lanes[i] = new Lane(i, this, journal, time, loops.get(i));
    }
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static Queue<Mail>[][] queues(int count, int mailboxMax) {
    Queue<Mail>[][] made = new Queue[count][count + 1];
    for (int to = 0; to < count; to++) {
      for (int from = 0; from < count; from++) {
        made[to][from] = new OneToOneConcurrentArrayQueue<>(mailboxMax);
      }
      made[to][count] = new ManyToOneConcurrentArrayQueue<>(mailboxMax);
    }
    return made;
  }

  public int count() {
    return lanes.length;
  }

  int sources() {
    return lanes.length + 1;
  }

  public Lane lane(int index) {
    return lanes[index];
  }

  Lane laneOf(int partition) {
    return Check.present(laneOfPartition[partition], "lane of the partition");
  }

  PartitionCore core(int partition) {
    return Check.present(coreOfPartition[partition], "partition");
  }

  void place(int partition, Lane lane, PartitionCore core) {
    laneOfPartition[partition] = lane;
    coreOfPartition[partition] = core;
  }

  boolean offer(int from, int to, Mail mail) {
    return queues[to][from].offer(mail);
  }

  /** Hands over what refunds, credits and their acknowledgements need. */
  boolean offerDuty(int from, int to, Mail mail) {
    return duties[to][from].offer(mail);
  }

  void drain(int from, int to, Consumer<Mail> reader) {
    drain(duties[to][from], reader);
    drain(queues[to][from], reader);
  }

  private static void drain(Queue<Mail> queue, Consumer<Mail> reader) {
    // No more than what is there now, so that a busy neighbour cannot keep this loop for ever.
    for (int left = queue.size(); left > 0; left--) {
      Mail mail = queue.poll();
      if (mail == null) {
        return;
      }
      reader.accept(mail);
    }
  }

  /** Letters waiting for a lane, over all its queues. */
  public int waiting(int lane) {
    int sum = 0;
    for (int from = 0; from < queues[lane].length; from++) {
      sum += queues[lane][from].size() + duties[lane][from].size();
    }
    return sum;
  }

  /**
   * Hands in a command from a thread that is no lane's.
   *
   * @param port called on the partition's lane; it must not block
   */
  public void submit(int partition, Command command, ReplyPort port) {
    Lane owner = laneOf(partition);
    if (offer(
        lanes.length,
        owner.index(),
        new Mail.CommandMail(partition, command, port, OUTSIDE, time.nanos()))) {
      owner.wake();
    } else {
      port.deliver(new Refusal(RefusalCode.OVERLOADED, 200), 0, false);
    }
  }

  /**
   * Runs something with a partition on its own thread, from a thread that is no lane's.
   *
   * @return false if the lane's queue is full
   */
  public boolean run(int partition, Consumer<PartitionCore> task) {
    Lane owner = laneOf(partition);
    boolean isTaken = offer(lanes.length, owner.index(), new Mail.TaskMail(partition, task));
    owner.wake();
    return isTaken;
  }
}
