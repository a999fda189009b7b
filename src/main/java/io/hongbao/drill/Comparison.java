// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Holds a running server against a notebook, while nobody else asks it for anything.
 *
 * <p><b>Failure:</b> differences are noted in the notebook; an {@link IOException} means that the
 * server is gone.
 */
final class Comparison {

  private static final int AT_ONCE = 8;
  private static final int SETTLE_MS_MAX = 20_000;
  private static final int LOOK_EVERY_MS = 20;
  private static final int TRIES_MAX = 50;

  private final Notebook notebook;
  private final IntSupplier port;
  private final String operatorKey;
  private final AtomicInteger happenedUnheard = new AtomicInteger();

  Comparison(Notebook notebook, IntSupplier port, String operatorKey) {
    this.notebook = notebook;
    this.port = port;
    this.operatorKey = operatorKey;
  }

  /** One thing to look at, on a connection of the worker's. */
  private interface Look<T> {
    void at(T thing, Wire wire) throws Exception;
  }

  /**
   * What was told since the last time, and all balances; what was unknown is asked again first, so
   * that afterwards all is known.
   */
  void fresh() throws Exception {
    each(notebook.unknown(), this::askAgain);
    compare(notebook.takeFresh());
  }

  /** Every answer that was ever told. */
  void all() throws Exception {
    each(notebook.unknown(), this::askAgain);
    notebook.takeFresh();
    compare(List.copyOf(notebook.told()));
  }

  private void compare(List<Notebook.Told> answers) throws Exception {
    each(answers, this::repeat);
    Set<Notebook.Packet> packets = new HashSet<>();
    for (Notebook.Told told : answers) {
      Notebook.Packet packet = notebook.packetOf(told);
      if (packet != null) {
        packets.add(packet);
      }
    }
    each(packets, this::packetIsAsTold);
    each(answers, this::thingIsAsTold);
    balancesAreAsTold();
    booksBalance();
  }

  /** How much of what was asked again had happened, though nobody was told. */
  int happenedUnheard() {
    return happenedUnheard.get();
  }

  private void askAgain(Ask ask, Wire wire) throws Exception {
    Answer answer = patiently(ask, wire);
    notebook.answered(ask, answer);
    boolean wasThere =
        ask instanceof Ask.Open ? answer.isOk() && !isFirst(answer) : answer.replayed();
    if (wasThere) {
      happenedUnheard.incrementAndGet();
    }
  }

  private static boolean isFirst(Answer answer) {
    return answer.body().getBoolean("first", true);
  }

  private Answer patiently(Ask ask, Wire wire) throws IOException, InterruptedException {
    String token = ask.isOperators() ? operatorKey : notebook.token(ask.userId());
    Answer answer = wire.ask(ask, token);
    for (int attempt = 1; answer.isBusy() && attempt < TRIES_MAX; attempt++) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      answer = wire.ask(ask, token);
    }
    return answer;
  }

  private void repeat(Notebook.Told told, Wire wire) throws Exception {
    Answer answer = patiently(told.ask(), wire);
    if (answer.isBusy()) {
      notebook.differs("%s is not answered any more: %s", told.ask(), answer);
      return;
    }
    notebook.answered(told.ask(), answer);
    if (told.ask().hasKey() && !answer.replayed()) {
      notebook.differs("%s ran a second time: %s", told, answer);
    } else if (told.ask() instanceof Ask.Open && answer.isOk() && isFirst(answer)) {
      notebook.differs("%s opened a second time: %s", told, answer);
    }
  }

  private void packetIsAsTold(Notebook.Packet packet, Wire wire) throws Exception {
    Answer answer = wire.get("/v1/red-packets/" + packet.id, notebook.token(packet.send.userId()));
    if (!answer.isOk()) {
      notebook.differs("packet %s is gone: %s", packet.id, answer);
      return;
    }
    JsonObject body = answer.body();
    same(packet, "commitment", packet.commitment, body.getString("commitment", ""));
    same(packet, "total", packet.send.totalMinor(), minor(body, "total"));
    same(packet, "count", (long) packet.send.count(), body.getLong("count", -1L));
    Map<Long, String> shown = new TreeMap<>();
    long openedMinor = 0;
    JsonArray shares = body.getJsonArray("shares");
    for (int i = 0; i < shares.size(); i++) {
      JsonObject share = shares.getJsonObject(i);
      openedMinor += minor(share, "amount");
      shown.put(
          Long.parseLong(share.getString("user_id")),
          share.getInteger("place") + ":" + minor(share, "amount"));
    }
    Map<Long, String> told = new TreeMap<>();
    packet.shares.forEach(
        (user, share) -> told.put(user, share.place() + ":" + share.amountMinor()));
    same(packet, "shares", told, shown);
    same(packet, "sum", openedMinor, minor(body, "opened_amount"));
    same(packet, "rest", packet.send.totalMinor() - openedMinor, minor(body, "left_amount"));
    if (packet.isEmpty) {
      same(packet, "shares left", 0L, body.getLong("left_count", -1L));
    }
  }

  private void same(Notebook.Packet packet, String what, Object told, Object shown) {
    if (!told.equals(shown)) {
      notebook.differs("%s of packet %s: told %s, now %s", what, packet.id, told, shown);
    }
  }

  private static long minor(JsonObject body, String name) {
    JsonObject money = body.getJsonObject(name);
    return money == null ? -1 : money.getLong("amount", -1L);
  }

  private void thingIsAsTold(Notebook.Told told, Wire wire) throws Exception {
    String id = told.outcome().id();
    if (!told.outcome().isOk()) {
      return;
    }
    if (told.ask() instanceof Ask.Hold) {
      Answer answer = wire.get("/v1/holds/" + id, operatorKey);
      long heldMinor = minor(answer.body(), "held_amount");
      if (!answer.isOk() || heldMinor != notebook.expected().holdMinor(id)) {
        notebook.differs("hold %s must hold %d: %s", id, notebook.expected().holdMinor(id), answer);
      }
    } else if (told.ask() instanceof Ask.Move move) {
      Answer answer = wire.get("/v1/transfers/" + id, operatorKey);
      JsonArray legs = answer.body().getJsonArray("legs", new JsonArray());
      boolean isSame = legs.size() == move.legs().size();
      for (int i = 0; isSame && i < legs.size(); i++) {
        JsonObject leg = legs.getJsonObject(i);
        isSame =
            minor(leg, "amount") == move.legs().get(i).amountMinor()
                && leg.getString("to").equals(Long.toString(move.legs().get(i).toId()));
      }
      if (!isSame) {
        notebook.differs("%s is now %s", told, answer);
      }
    }
  }

  /** Every balance is what the answers add up to, as soon as all transfers have arrived. */
  private void balancesAreAsTold() throws Exception {
    Map<Long, String> told = notebook.expected().balances();
    Map<Long, String> seen = readBalances();
    for (int waitedMs = 0; waitedMs < SETTLE_MS_MAX && !seen.equals(told); ) {
      TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
      waitedMs += LOOK_EVERY_MS;
      seen = readBalances();
    }
    Map<Long, String> now = seen;
    told.forEach(
        (user, balance) -> {
          if (!balance.equals(now.get(user))) {
            notebook.differs(
                "user %d must have and hold %s, and has %s",
                user, balance, now.getOrDefault(user, "nothing"));
          }
        });
  }

  private Map<Long, String> readBalances() throws Exception {
    Map<Long, String> balances = new TreeMap<>();
    try (Wire wire = new Wire(port)) {
      for (long user : notebook.users()) {
        JsonArray accounts =
            wire.get("/v1/accounts/" + user, operatorKey)
                .body()
                .getJsonArray("accounts", new JsonArray());
        JsonObject account = accounts.isEmpty() ? new JsonObject() : accounts.getJsonObject(0);
        balances.put(user, account.getLong("balance", 0L) + " " + account.getLong("held", 0L));
      }
    }
    return balances;
  }

  /** The trial balance, added up from accounts, holds and packets, is zero everywhere. */
  private void booksBalance() throws Exception {
    try (Wire wire = new Wire(port)) {
      Answer answer = wire.get("/v1/operator/trial-balance", operatorKey);
      JsonObject body = answer.body();
      if (!answer.isOk() || !body.getBoolean("balanced", false)) {
        notebook.differs("the books do not balance: %s", answer);
      } else if (!body.getBoolean("exact", false)) {
        notebook.differs("the trial balance of an idle server is not exact: %s", answer);
      }
    }
  }

  private <T> void each(Collection<T> things, Look<T> look) throws Exception {
    Queue<T> queue = new ConcurrentLinkedQueue<>(things);
    List<Future<Boolean>> workers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < AT_ONCE; i++) {
        workers.add(
            threads.submit(
                () -> {
                  try (Wire wire = new Wire(port)) {
                    for (T thing = queue.poll(); thing != null; thing = queue.poll()) {
                      look.at(thing, wire);
                    }
                  }
                  return true;
                }));
      }
    }
    for (Future<Boolean> worker : workers) {
      worker.get();
    }
  }
}
