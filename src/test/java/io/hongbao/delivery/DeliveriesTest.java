// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.delivery.DeliveryWorld.Open;
import io.hongbao.webhook.HookPlace;
import io.hongbao.webhook.HookState;
import io.hongbao.webhook.PauseReason;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deliveries on a clock moved by hand, to a receiver that does what the test says. */
class DeliveriesTest {

  private static final HookLimits LIMITS =
      new HookLimits(4, 32, 1 << 20, 1_000, 60_000, 3_600_000, 2_000);

  private final DeliveryWorld world = new DeliveryWorld(LIMITS, 1);

  private static List<String> events(List<Open> open) {
    return open.stream().map(Open::event).toList();
  }

  @Test
  void theNextEventOfASubjectWaitsAndOthersGoOn() {
    world.makeWebhook();
    for (long subject : new long[] {1, 1, 2, 1, 3}) {
      world.append(subject);
    }
    world.run();
    assertEquals(List.of("1 1:1:0", "2 0:1:0", "3 1:4:0"), events(world.open));

    world.take(0).refuse();
    world.run();
    assertEquals(List.of("2 0:1:0", "3 1:4:0"), events(world.open), "1 waits, nothing overtakes");
    world.take(0).accept();
    world.take(0).accept();
    world.pass(1_000);
    assertEquals(List.of("1 1:1:0"), events(world.open));
    world.take(0).accept();
    world.run();

    assertEquals(List.of("1 1:2:0"), events(world.open));
  }

  @Test
  void waitsDoubleAndAreShortenedByHalfAtMost() {
    long id = world.makeWebhook();
    world.append(1);
    world.run();
    long expectedMs = LIMITS.retryFirstMs();
    for (int attempt = 1; attempt <= 10; attempt++) {
      assertEquals(1, world.open.size(), "attempt " + attempt);
      assertEquals(attempt, world.open.getFirst().shipment().attempt());
      world.take(0).lose();
      world.run();
      long waitedMs = 0;
      while (world.open.isEmpty()) {
        world.pass(10);
        waitedMs += 10;
      }
      // Probes of a receiver that keeps failing may wait longer than their event.
      long longestMs = Math.min(2 * expectedMs, LIMITS.retryMaxMs()) + 10;
      assertTrue(
          waitedMs >= expectedMs / 2 && waitedMs <= longestMs,
          "waited " + waitedMs + " of " + expectedMs);
      expectedMs = Math.min(2 * expectedMs, LIMITS.retryMaxMs());
    }
    List<Attempt> attempts = world.deliveries().attempts(id);
    assertEquals(10, attempts.size());
    assertEquals("no connection", attempts.getFirst().failure());
    assertTrue(attempts.getFirst().nextMs() > attempts.getFirst().atMs());
  }

  @Test
  void afterItsTimeAWebhookIsPausedAndGoesOnWhereItWas() {
    long id = world.makeWebhook();
    world.append(1);
    world.append(2);
    world.run();
    while (world.webhook(id).isActive()) {
      while (!world.open.isEmpty()) {
        Open open = world.take(0);
        if (open.subject() == 1) {
          open.refuse();
        } else {
          open.accept();
        }
        world.run();
      }
      world.pass(1_000);
    }

    Webhook paused = world.webhook(id);
    assertEquals(HookState.PAUSED, paused.state());
    assertEquals(PauseReason.FAILING, paused.pauseReason());
    assertEquals(1, world.meters.paused());
    assertEquals(1, world.deliveries().pausedCount());
    world.append(3);
    world.pass(60_000);
    assertEquals(0, world.open.size());
    world.ask(new ChangeWebhook(id, null, null, null, true));
    world.run();

    // Of what was accepted behind the place that failed, a repeat is all right.
    assertEquals(List.of("1 1:1:0", "2 0:1:0", "3 1:2:0"), events(world.open));
  }

  @Test
  void theTimeOfAFailureIsCountedOverCrashes() {
    long id = world.makeWebhook();
    world.append(1);
    world.run();
    long beganMs = world.time.nowMs();
    while (world.webhook(id).isActive()) {
      while (!world.open.isEmpty()) {
        world.take(0).refuse();
        world.run();
      }
      world.pass(30_000);
      world.crash();
      world.run();
    }

    long tookMs = world.time.nowMs() - beganMs;
    assertTrue(tookMs < LIMITS.retryForMs() + 120_000, "paused after " + tookMs + " ms");
  }

  @Test
  void aReceiverThatFailsIsProbedAndNotRunOver() {
    world.makeWebhook();
    for (long subject = 1; subject <= 20; subject++) {
      world.append(subject);
    }
    world.run();
    assertEquals(4, world.open.size());
    for (int i = 0; i < 40; i++) {
      while (!world.open.isEmpty()) {
        world.take(0).refuse();
      }
      world.pass(100);
    }

    for (int i = 0; i < 100; i++) {
      world.pass(100);
      assertTrue(world.open.size() <= 1, "one probe at a time");
    }
    while (world.open.isEmpty()) {
      world.pass(1_000);
    }
    world.take(0).accept();
    world.pass(60_000);
    assertEquals(4, world.open.size(), "one success opens it again");
  }

  @Test
  void bothSecretsSignWhileBothAreGood() {
    long id = world.makeWebhook();
    Webhook before = world.webhook(id);
    Webhook after = world.ask(new RotateSecret(id, 3_600_000));
    world.append(1);
    // The webhook's clock is that of its partition.
    world.time.advanceMs(Math.max(0, world.harness.nowMs() - world.time.nowMs()));
    world.run();

    Shipment shipment = world.open.getFirst().shipment();
    String[] parts = shipment.signature().split(",");
    long at = Long.parseLong(parts[0].substring(2));
    assertEquals(3, parts.length);
    assertEquals("v1=" + HookSigner.mac(after.secret(), at, shipment.body()), parts[1]);
    assertEquals("v1=" + HookSigner.mac(before.secret(), at, shipment.body()), parts[2]);
  }

  @Test
  void movingBackSendsAgainAndDeletingEnds() {
    long id = world.makeWebhook();
    world.append(1);
    world.append(2);
    world.run();
    world.take(0).accept();
    world.take(0).accept();
    world.pass(LIMITS.checkpointMs());
    assertNotEquals(HookPlace.START, world.webhook(id).place(), "progress is journaled");

    world.ask(new MoveWebhook(id, HookPlace.START));
    world.run();
    assertEquals(List.of("1 1:1:0", "2 0:1:0"), events(world.open));
    world.ask(new DeleteWebhook(id));
    world.append(3);
    world.run();
    world.take(0).accept();
    world.pass(1_000);

    assertEquals(1, world.open.size());
    assertEquals(0, world.deliveries().count());
  }

  @Test
  void idleWebhooksJournalNothing() {
    long id = world.makeWebhook();
    world.append(1);
    world.run();
    world.take(0).accept();
    world.pass(LIMITS.checkpointMs());
    long position = world.webhook(id).position();

    for (int i = 0; i < 100; i++) {
      world.source.mark();
      world.pass(LIMITS.checkpointMs());
    }

    assertEquals(position, world.webhook(id).position());
  }

  /** Whatever the receiver does and whenever the process dies: each event, in order of its kind. */
  @Test
  void everyEventIsAcceptedAndNoneOvertakes() {
    for (long seed = 1; seed <= 25; seed++) {
      new RandomReceiver(seed).play();
    }
  }

  private static final class RandomReceiver {
    private final long seed;
    private final Random random;
    private final DeliveryWorld world;
    private final Set<String> accepted = new HashSet<>();

    RandomReceiver(long seed) {
      this.seed = seed;
      this.random = new Random(seed);
      this.world = new DeliveryWorld(LIMITS, seed);
    }

    void play() {
      world.makeWebhook();
      for (int i = 0; i < 400; i++) {
        step(true);
      }
      for (int i = 0; i < 5_000 && accepted.size() < world.appended.size(); i++) {
        step(false);
      }
      assertEquals(new HashSet<>(world.appended), accepted, "seed " + seed);
    }

    private void step(boolean isWild) {
      if (isWild && random.nextInt(3) == 0) {
        world.append(1 + random.nextInt(6));
      }
      if (isWild && random.nextInt(60) == 0) {
        world.crash();
      }
      world.pass(random.nextInt(3_000));
      world.open.forEach(this::checkOrder);
      while (!world.open.isEmpty() && random.nextInt(4) > 0) {
        answer(world.take(random.nextInt(world.open.size())), isWild ? random.nextInt(10) : 0);
        world.run();
      }
    }

    // When an event is on its way, all before it about the same subject were accepted once.
    private void checkOrder(Open open) {
      List<String> before = new ArrayList<>();
      for (String event : world.appended) {
        if (event.equals(open.event())) {
          break;
        }
        if (event.startsWith(open.subject() + " ")) {
          before.add(event);
        }
      }
      assertTrue(accepted.containsAll(before), () -> "seed " + seed + ": " + open.event());
    }

    private void answer(Open open, int lot) {
      if (lot < 6) {
        accepted.add(open.event());
        open.accept();
      } else if (lot < 8) {
        open.refuse();
      } else if (lot == 8) {
        // The receiver has it, but its answer is lost.
        accepted.add(open.event());
        open.lose();
      } else {
        open.lose();
      }
    }
  }
}
