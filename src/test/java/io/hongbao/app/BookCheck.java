// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.app.Book.Keyed;
import io.hongbao.app.Book.Opened;
import io.hongbao.app.Book.Packet;
import io.hongbao.app.Book.Share;
import io.hongbao.app.HttpCalls.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Holds a running server against everything that a crowd was told. */
final class BookCheck {

  private static final int AT_ONCE = 16;
  private static final int SETTLE_MS_MAX = 10_000;

  private final Book book;
  private final HttpCalls calls;
  private boolean isSuccessor;
  private final AtomicInteger happenedUnheard = new AtomicInteger();

  BookCheck(Book book, HttpCalls calls) {
    this.book = book;
    this.calls = calls;
  }

  /** Everything: what was unanswered is asked again first, so that afterwards all is known. */
  void run() throws Exception {
    askAgain();
    repeatAll();
    packetsAreAsTold();
    balancesAreAsTold();
    booksBalance();
    assertEquals("", String.join("\n", book.wrongs()), "contradictions:\n");
  }

  /** For a server that knows all of this and more: what came after the book was copied. */
  void runOnSuccessor() throws Exception {
    isSuccessor = true;
    repeatAll();
    packetsAreAsTold();
    booksBalance();
    assertEquals("", String.join("\n", book.wrongs()), "contradictions:\n");
  }

  /** Repeats under the same keys what was never answered: it happens now, if not before. */
  void askAgain() throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Keyed call : book.unanswered()) {
      tasks.add(
          task(
              () -> {
                Reply reply = Crowd.ask(calls, book, call);
                book.told(call, reply);
                if (reply.replayed()) {
                  happenedUnheard.incrementAndGet();
                }
              }));
    }
    for (Opened opened : book.opensUnanswered()) {
      boolean isKnown = book.sharesOf(opened.packetId()).containsKey(opened.userId());
      tasks.add(
          task(
              () -> {
                Reply reply = Crowd.open(calls, book, opened);
                book.openTold(opened, reply);
                if (!isKnown && reply.status() == 200 && !reply.body().getBoolean("first")) {
                  happenedUnheard.incrementAndGet();
                }
              }));
    }
    inParallel(tasks);
  }

  /** How much of what was asked again had happened, though nobody was told. */
  int happenedUnheard() {
    return happenedUnheard.get();
  }

  /** Every change that was answered is answered the same again, and says that it is a repeat. */
  void repeatAll() throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Keyed call : book.answered()) {
      tasks.add(
          task(
              () -> {
                Reply reply = Crowd.ask(calls, book, call);
                book.told(call, reply);
                if (!reply.replayed()) {
                  book.wrong("%s ran a second time: %s", call, reply);
                }
              }));
    }
    inParallel(tasks);
  }

  /** Every packet exists as it was sent, with every share at its place. */
  void packetsAreAsTold() throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (Packet packet : book.packets()) {
      tasks.add(task(() -> isAsTold(packet)));
    }
    inParallel(tasks);
  }

  private void isAsTold(Packet packet) throws Exception {
    String path = "/v1/red-packets/" + packet.id();
    JsonObject body = calls.get(path, book.token(packet.senderId())).expect(200).body();
    assertEquals(packet.commitment(), body.getString("commitment"), packet::toString);
    assertEquals(packet.totalMinor(), amount(body, "total"), packet::toString);
    assertEquals(packet.count(), body.getInteger("count"), packet::toString);
    Map<Long, Share> shown = new TreeMap<>();
    JsonArray shares = body.getJsonArray("shares");
    long openedMinor = 0;
    for (int i = 0; i < shares.size(); i++) {
      JsonObject share = shares.getJsonObject(i);
      assertEquals(i + 1, share.getInteger("place"), packet::toString);
      openedMinor += amount(share, "amount");
      shown.put(
          Long.parseLong(share.getString("user_id")),
          new Share(share.getInteger("place"), amount(share, "amount")));
    }
    Map<Long, Share> told = book.sharesOf(packet.id());
    if (isSuccessor) {
      shown.keySet().retainAll(told.keySet());
    }
    assertEquals(told, shown, () -> "shares of " + packet);
    assertEquals(openedMinor, amount(body, "opened_amount"), packet::toString);
    assertEquals(packet.totalMinor(), openedMinor + amount(body, "left_amount"), packet::toString);
  }

  private static long amount(JsonObject body, String name) {
    return body.getJsonObject(name).getLong("amount");
  }

  /** Every balance is what the answers add up to, as soon as all transfers have arrived. */
  void balancesAreAsTold() throws Exception {
    balancesAre(book.balances());
  }

  /** Every balance is this, as soon as everything has come to rest. */
  void balancesAre(Map<Long, Long> expected) throws Exception {
    Map<Long, Long> seen = Map.of();
    for (int waitedMs = 0; waitedMs < SETTLE_MS_MAX && !seen.equals(expected); waitedMs += 20) {
      TimeUnit.MILLISECONDS.sleep(waitedMs == 0 ? 0 : 20);
      seen = readBalances();
    }
    assertEquals(expected, seen, "balances by user");
  }

  private Map<Long, Long> readBalances() throws Exception {
    Map<Long, Long> balances = new TreeMap<>();
    for (long userId : book.users()) {
      JsonArray list =
          calls
              .get("/v1/accounts/me", book.token(userId))
              .expect(200)
              .body()
              .getJsonArray("balances");
      balances.put(userId, list.isEmpty() ? 0L : list.getJsonObject(0).getLong("balance"));
    }
    return balances;
  }

  /** The trial balance, added up from accounts and packets, is zero everywhere. */
  void booksBalance() throws Exception {
    JsonObject body = calls.operatorGet("/v1/operator/trial-balance").expect(200).body();
    assertTrue(body.getBoolean("balanced"), () -> "trial balance: " + body.encodePrettily());
  }

  private interface Step {
    void run() throws Exception;
  }

  private static Callable<Void> task(Step step) {
    return () -> {
      step.run();
      return null;
    };
  }

  private static void inParallel(List<Callable<Void>> tasks) throws Exception {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
  }
}
