// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.admission.AdmissionGate;
import io.hongbao.admission.AdmissionGateContract;
import io.hongbao.admission.FallbackGate;
import io.hongbao.admission.LocalGate;
import io.hongbao.admission.Word;
import io.hongbao.time.SystemTime;
import io.hongbao.time.TimeSource;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The form that nodes share, on a real Redis: two nodes, each on a loop of its own, with clocks
 * that are an hour apart.
 */
class RedisGateIT extends AdmissionGateContract {

  private static final long TIMEOUT_MS = 250;
  private static final SystemTime TIME = new SystemTime();
  private static final List<Node> NODES = new ArrayList<>();

  @TempDir static Path directory;

  private static Vertx vertx;
  private static TestRedis redis;

  private long leaseMs = LONG_LEASE_MS;

  /** What one node has. */
  private record Node(String name, Context loop, RedisLink link, LocalGate own) {

    RedisGate gate(long leaseMs) {
      return new RedisGate(link, name + ":" + TIME.nanos(), PLACES, leaseMs);
    }

    void run(Runnable step) {
      CompletableFuture<Void> done = new CompletableFuture<>();
      loop.runOnContext(
          ignored -> {
            step.run();
            done.complete(null);
          });
      done.orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  /** A clock that somebody set wrong. */
  private record Skewed(long byMs) implements TimeSource {
    @Override
    public long nowMs() {
      return TIME.nowMs() + byMs;
    }

    @Override
    public long nanos() {
      return TIME.nanos() + TimeUnit.MILLISECONDS.toNanos(byMs);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    redis = new TestRedis(directory);
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    for (int i = 0; i < 2; i++) {
      Skewed clock = new Skewed(i * 3_600_000L);
      RedisLink link = new RedisLink(vertx, redis.url(), TIMEOUT_MS, clock);
      CompletableFuture<Context> loop = new CompletableFuture<>();
      vertx.deployVerticle(
          context -> {
            loop.complete(vertx.getOrCreateContext());
            link.start();
            return io.vertx.core.Future.succeededFuture();
          });
      Node node =
          new Node("node-" + i, loop.join(), link, new LocalGate(PLACES, LONG_LEASE_MS, clock));
      NODES.add(node);
    }
    awaitUp();
  }

  @AfterAll
  static void stop() throws Exception {
    NODES.forEach(node -> node.link.close());
    NODES.clear();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    redis.close();
  }

  @Override
  protected void lease(long ms) {
    leaseMs = ms;
  }

  @Override
  protected void enter(int node, long packet, Word word) {
    Node at = NODES.get(node);
    at.loop.runOnContext(ignored -> at.gate(leaseMs).enter(packet, word));
  }

  @Override
  protected void leave(int node, AdmissionGate.Place place) {
    Node at = NODES.get(node);
    long before = at.link.meters().callNanos().count();
    at.run(place::leave);
    await(() -> at.link.meters().callNanos().count() > before);
  }

  @Override
  protected void pass(long ms) {
    pause(ms);
  }

  private static void pause(long ms) {
    try {
      Thread.sleep(ms);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static void await(BooleanSupplier condition) {
    long endNanos = TIME.nanos() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertTrue(TIME.nanos() < endNanos, "waited too long");
      pause(2);
    }
  }

  private static void awaitUp() {
    await(() -> NODES.stream().allMatch(node -> node.link.meters().isUp()));
  }

  /** Enters as the server does: with this process' own gate behind the shared one. */
  private Word enterWithFallback(int node) {
    Node at = NODES.get(node);
    Word word = new Word();
    at.run(() -> new FallbackGate(at.gate(leaseMs), at.own).enter(packetId(), word));
    return word;
  }

  @Test
  void aServerThatForgotTheScriptsIsToldThemAgain() throws Exception {
    long errors = NODES.getFirst().link.meters().errors();
    fill();
    assertEquals("+OK", redis.say("SCRIPT", "FLUSH"));

    assertTrue(enter(0).isFull());
    assertTrue(enter(1).isFull());
    assertEquals(errors, NODES.getFirst().link.meters().errors());
  }

  @Test
  void keepsNothingInTheServerForAPacketThatEverybodyHasLeft() throws Exception {
    List<Word> inside = fill();
    assertEquals(":1", redis.say("EXISTS", "hongbao:admission:" + packetId()));

    for (int i = 0; i < inside.size(); i++) {
      leave(i % 2, inside.get(i).place());
    }

    assertEquals(":0", redis.say("EXISTS", "hongbao:admission:" + packetId()));
  }

  @Test
  void whatTheServerCannotRunIsUnavailableAndTheLinkStays() throws Exception {
    assertEquals("+OK", redis.say("SET", "hongbao:admission:" + packetId(), "text"));

    assertTrue(enter(0).isUnavailable());

    assertTrue(NODES.getFirst().link.meters().isUp());
    assertEquals(":1", redis.say("DEL", "hongbao:admission:" + packetId()));
    assertTrue(enter(0).isAdmitted());
  }

  @Test
  void goesOnAloneWhileTheServerIsGoneAndTogetherWhenItIsBack() throws Exception {
    redis.kill();
    for (int i = 0; i < PLACES; i++) {
      assertTrue(enterWithFallback(0).isAdmitted());
    }
    assertTrue(enterWithFallback(0).isFull());
    // Alone, each node has its own count.
    assertTrue(enterWithFallback(1).isAdmitted());
    await(() -> !NODES.getFirst().link.meters().isUp());

    redis.startAgain();
    awaitUp();

    // A new server knows nobody, nor any script but those it was told.
    fill();
    assertTrue(enter(1).isFull());
  }

  @Test
  void aServerThatHangsCostsTheOpensUnderWayOneTimeoutAndLaterOnesNothing() throws Exception {
    Node node = NODES.getFirst();
    long downs = node.link.meters().downs();
    redis.halt();
    try {
      Word first = enterWithFallback(0);
      Word second = enterWithFallback(0);
      assertTrue(first.isAdmitted());
      assertTrue(second.isAdmitted());
      assertEquals(downs + 1, node.link.meters().downs());

      long lost = node.link.meters().lost();
      assertTrue(enterWithFallback(0).isAdmitted());
      assertTrue(enterWithFallback(0).isFull());
      assertEquals(lost, node.link.meters().lost(), "calls sent to a server that hangs");
    } finally {
      redis.goOn();
    }
    awaitUp();

    // What was lost on the way may hold places now, until its lease ends; not all of them.
    assertTrue(enter(0).isAdmitted());
  }
}
