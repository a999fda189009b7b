// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A crowd that opens and sends, and writes down for each request whether there was an answer.
 *
 * <p><b>Invariant:</b> each task is in one of three places: answered (and booked, unless refused),
 * {@link #unanswered}, or not begun ({@link #notBegun}).
 *
 * <p><b>Thread:</b> any; the tasks run on virtual threads.
 */
final class Load {

  /** One request. */
  sealed interface Task {}

  /** Somebody opens a packet. */
  record Open(User user, String packetId) implements Task {}

  /** Somebody sends a packet. */
  record Send(User sender, String key, PacketOrder order) implements Task {}

  /** A packet that was sent and acknowledged. */
  record Acknowledged(Send task, Told.Sent sent) {}

  /** So many people at a time at most; several wait for each flush of the disk. */
  private static final int WORKERS_MAX = 64;

  /** A small load has fewer, so that most of it is still to come when the alarm goes. */
  private static final int TASKS_PER_WORKER = 20;

  private final Stage stage;
  private final Queue<Task> queue;
  private final int alarmAfter;
  private final int workerCount;
  private final CountDownLatch alarm = new CountDownLatch(1);
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger shares = new AtomicInteger();
  private final Map<String, AtomicInteger> refusals = new ConcurrentHashMap<>();
  private final List<Task> unanswered = Collections.synchronizedList(new ArrayList<>());
  private final List<Acknowledged> sent = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean over;

  /**
   * @param alarmAfter answers after which {@link #awaitAlarm} returns
   */
  Load(Stage stage, List<Task> tasks, int alarmAfter) {
    this.stage = stage;
    this.queue = new ConcurrentLinkedQueue<>(tasks);
    this.alarmAfter = alarmAfter;
    this.workerCount = Math.clamp(tasks.size() / TASKS_PER_WORKER, 1, WORKERS_MAX);
  }

  /** Works until all is done or {@link #end} is called. */
  void run() throws Exception {
    List<Callable<Boolean>> workers = new ArrayList<>();
    for (int i = 0; i < workerCount; i++) {
      workers.add(this::work);
    }
    try {
      Crowd.atOnce(workerCount, workers);
    } finally {
      alarm.countDown();
    }
  }

  private boolean work() throws Exception {
    Task task = over ? null : queue.poll();
    while (task != null) {
      inFlight.incrementAndGet();
      try {
        perform(task);
        if (answered.incrementAndGet() >= alarmAfter) {
          alarm.countDown();
        }
      } catch (ServerLostException lost) {
        unanswered.add(task);
      } finally {
        inFlight.decrementAndGet();
      }
      task = over ? null : queue.poll();
    }
    return true;
  }

  private void perform(Task task) throws Exception {
    switch (task) {
      case Open open -> {
        Reply<Told.Opened> reply = stage.client.openOnce(open.user(), open.packetId());
        note(reply);
        if (stage.booked(open.user(), open.packetId(), reply).isOk()) {
          shares.incrementAndGet();
        }
      }
      case Send send -> {
        Reply<Told.Sent> reply = stage.client.sendOnce(send.sender(), send.key(), send.order());
        note(reply);
        Told.Sent told = reply.value();
        if (told != null) {
          bookSent(stage, send, told);
          sent.add(new Acknowledged(send, told));
        }
      }
    }
  }

  static void bookSent(Stage stage, Send send, Told.Sent told) {
    stage.book(stage.ledger.sent(told.id(), send.sender().id(), told.totalMinor(), told.count()));
  }

  private void note(Reply<?> reply) {
    if (!reply.isOk()) {
      refusals.computeIfAbsent(reply.code(), code -> new AtomicInteger()).incrementAndGet();
      // Nobody grabs here, so that a packet without shares for newcomers is simply empty.
      stage.findings.holds(
          reply.code().equals("empty"), reply.call() + " was refused with " + reply.refusal());
    }
  }

  /** Waits until so many answers have come, or there is nothing left to do. */
  void awaitAlarm() throws InterruptedException {
    if (!alarm.await(Stage.WAIT_MS, TimeUnit.MILLISECONDS)) {
      stage.findings.differs(
          "only %d answers came within %d s".formatted(answered.get(), Stage.WAIT_MS / 1_000));
    }
  }

  /** No new request is begun after this. */
  void end() {
    over = true;
  }

  int workerCount() {
    return workerCount;
  }

  int inFlight() {
    return inFlight.get();
  }

  int answered() {
    return answered.get();
  }

  int acknowledgedShares() {
    return shares.get();
  }

  List<Acknowledged> acknowledgedSends() {
    return List.copyOf(sent);
  }

  List<Task> unanswered() {
    return List.copyOf(unanswered);
  }

  List<Task> notBegun() {
    return List.copyOf(queue);
  }
}
