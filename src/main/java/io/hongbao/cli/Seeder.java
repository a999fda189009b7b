// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Seeding".
package io.hongbao.cli;

import io.hongbao.client.HongbaoClient;
import io.hongbao.client.HongbaoException;
import io.hongbao.client.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Gives a running server users with tokens and money, over its public API.
 *
 * <p>On a sandbox the users come with their money. Elsewhere an operator's top-up is booked for
 * each, under a key that is the same each time: seeding again gives new tokens and no second money
 * (as long as keys are remembered).
 *
 * <p><b>Thread:</b> one; top-ups on virtual threads.
 *
 * <p><b>Limit:</b> {@link #IN_FLIGHT_MAX} top-ups at once.
 */
final class Seeder {

  private static final int BATCH_USERS = 1_000;
  private static final int IN_FLIGHT_MAX = 64;
  private static final long TOKEN_LIFE_S = 7 * 86_400;

  private final HongbaoClient operator;
  private final SeedOptions options;
  private final PrintStream progress;

  Seeder(HongbaoClient operator, SeedOptions options, PrintStream progress) {
    // For the audit.
    this.operator = operator.withHeader("Hongbao-Cause", "seed");
    this.options = options;
    this.progress = progress;
  }

  /** Seeds all of them; their ids and tokens, in order. */
  List<Map<String, String>> run() throws IOException, HongbaoException, InterruptedException {
    boolean isSandbox = operator.get("/v1/time").flag("sandbox");
    operator.post(
        "/v1/operator/rooms",
        Map.of("room_id", Long.toString(options.roomId()), "public", Boolean.TRUE));
    if (!isSandbox && options.amountMinor() > 0) {
      progress.println("no sandbox: the money is booked as top-ups with the reason \"seed\"");
    }
    List<Map<String, String>> users = new ArrayList<>();
    while (users.size() < options.users()) {
      long first = options.firstUserId() + users.size();
      int count = Math.min(BATCH_USERS, options.users() - users.size());
      Reply tokens = isSandbox ? fromNothing(first, count) : tokens(first, count);
      if (!isSandbox && options.amountMinor() > 0) {
        topUp(first, count);
      }
      for (Map<String, @Nullable Object> one : tokens.items("tokens")) {
        Map<String, String> user = new LinkedHashMap<>();
        user.put("id", String.valueOf(one.get("user_id")));
        user.put("token", String.valueOf(one.get("token")));
        users.add(user);
      }
      progress.println("seeded " + users.size() + " of " + options.users() + " users");
    }
    return users;
  }

  private Reply fromNothing(long first, int count)
      throws IOException, HongbaoException, InterruptedException {
    Map<String, Object> body = range(first, count);
    if (options.amountMinor() > 0) {
      body.put("fund", money());
    }
    return operator.post("/v1/sandbox/users", body);
  }

  private Reply tokens(long first, int count)
      throws IOException, HongbaoException, InterruptedException {
    Map<String, Object> body = range(first, count);
    body.put("ttl_s", TOKEN_LIFE_S);
    return operator.post("/v1/operator/tokens", body);
  }

  private static Map<String, Object> range(long first, int count) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("first_user_id", Long.toString(first));
    body.put("count", count);
    return body;
  }

  private Map<String, Object> money() {
    return Map.of("asset", options.asset(), "amount", options.amountMinor());
  }

  private void topUp(long first, int count)
      throws IOException, HongbaoException, InterruptedException {
    Semaphore room = new Semaphore(IN_FLIGHT_MAX);
    List<Future<Reply>> under = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long userId = first; userId < first + count; userId++) {
        String user = Long.toString(userId);
        room.acquire();
        under.add(
            threads.submit(
                () -> {
                  try {
                    return topUp(user);
                  } finally {
                    room.release();
                  }
                }));
      }
    }
    for (Future<Reply> one : under) {
      heard(one);
    }
  }

  private Reply topUp(String user) throws IOException, HongbaoException, InterruptedException {
    return operator.post(
        "/v1/operator/top-ups",
        Map.of("user_id", user, "amount", money(), "reason", "seed"),
        "seed-" + options.asset() + "-" + options.amountMinor());
  }

  private static void heard(Future<Reply> one)
      throws IOException, HongbaoException, InterruptedException {
    try {
      one.get();
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case HongbaoException refused -> throw refused;
        case IOException lost -> throw lost;
        case null, default -> throw new IllegalStateException(failed.getCause());
      }
    }
  }
}
