// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.engine.PartitionHarness;
import io.hongbao.export.FakeSource;
import io.hongbao.export.FakeSource.Part;
import io.hongbao.export.ManualTime;
import io.hongbao.feed.Feed;
import io.hongbao.feed.FeedLimits;
import io.hongbao.feed.FeedSteps;
import io.hongbao.feed.type.RoomFeed;
import io.hongbao.room.RoomCodec;
import io.hongbao.room.RoomEvent.RoomOpened;
import io.hongbao.time.SeededRandomness;
import io.hongbao.webhook.HookPlace;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookCommand;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookDirectory;
import io.hongbao.webhook.WebhookFamily;
import io.hongbao.webhook.WebhookLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A journal in memory, one partition with webhooks, deliveries in one thread on a clock by hand.
 */
final class DeliveryWorld {

  /** A request that nobody has answered yet. */
  record Open(Shipment shipment, Consumer<Outcome> onDone) {

    String event() {
      return new String(shipment.body(), StandardCharsets.UTF_8);
    }

    long subject() {
      return Long.parseLong(event().substring(0, event().indexOf(' ')));
    }

    void accept() {
      onDone.accept(new Outcome(204, ""));
    }

    void refuse() {
      onDone.accept(new Outcome(500, ""));
    }

    void lose() {
      onDone.accept(Outcome.failed("no connection"));
    }
  }

  final ManualTime time = new ManualTime();
  final WebhookDirectory directory = new WebhookDirectory();
  final PartitionHarness harness =
      new PartitionHarness(1, 5, WebhookFamily.factory(WebhookLimits.defaults(), directory));
  final FakeSource source = new FakeSource(2);
  final Feed feed;
  final List<Open> open = new ArrayList<>();
  final List<String> appended = new ArrayList<>();
  final DeliveryMeters meters = new DeliveryMeters();
  private final RoomCodec rooms = new RoomCodec();
  private final HookLimits limits;
  private final long seed;
  private Queue<Runnable> tasks = new ArrayDeque<>();
  private Deliveries deliveries;

  DeliveryWorld(HookLimits limits, long seed) {
    this.limits = limits;
    this.seed = seed;
    this.feed =
        new Feed(
            source,
            () -> List.of(new RoomFeed()),
            () ->
                (stamped, family, event) ->
                    (stamped.subjectId() + " " + stamped.id()).getBytes(StandardCharsets.UTF_8),
            new FeedLimits(64, 1 << 20, 1, 4, 8, 10_000),
            Runnable::run,
            time);
    deliveries = life();
  }

  @SuppressWarnings("ReferenceEquality") // Asks whether it is the same life, not one that is equal.
  private Deliveries life() {
    Queue<Runnable> own = new ArrayDeque<>();
    tasks = own;
    open.clear();
    // What a life that has ended still wants to do is done by nobody.
    Executor executor =
        task -> {
          if (own == tasks) {
            own.add(task);
          }
        };
    HookSurroundings around =
        new HookSurroundings(
            feed,
            (shipment, onDone) -> open.add(new Open(shipment, onDone)),
            executor,
            command -> {
              if (own == tasks) {
                harness.ask(Webhook.PARTITION, command);
              }
            },
            meters,
            time,
            new SeededRandomness(seed));
    Deliveries made = new Deliveries(directory, around, limits);
    executor.execute(made::start);
    return made;
  }

  Deliveries deliveries() {
    return deliveries;
  }

  /** The process dies and comes back with what was journaled. */
  void crash() {
    harness.settle();
    harness.crash();
    deliveries = life();
  }

  long makeWebhook() {
    return ask(new MakeWebhook("https://a.example/h", "*", "", HookPlace.START)).id();
  }

  Webhook ask(WebhookCommand command) {
    return harness.ask(Webhook.PARTITION, command).as(WebhookShown.class).webhook();
  }

  Webhook webhook(long id) {
    return java.util.Objects.requireNonNull(directory.find(id));
  }

  /** Appends one event about a subject. */
  void append(long subject) {
    int partition = (int) (subject % 2);
    long sequence =
        source.append(partition, time.nowMs(), new Part(rooms, new RoomOpened(subject, true)));
    appended.add(subject + " " + partition + ":" + sequence + ":0");
  }

  /** Lets everything run that can run now. */
  void run() {
    boolean isBusy = true;
    while (isBusy) {
      isBusy = FeedSteps.step(feed);
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
        isBusy = true;
      }
    }
  }

  /** Time passes; whoever looks now and then looks. */
  void pass(long ms) {
    time.advanceMs(ms);
    deliveries.tick();
    run();
    harness.settle();
    run();
  }

  /** Takes an open request away, to be answered. */
  Open take(int index) {
    return open.remove(index);
  }
}
