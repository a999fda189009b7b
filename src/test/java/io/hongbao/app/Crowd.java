// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.app.Book.Keyed;
import io.hongbao.app.Book.Opened;
import io.hongbao.app.Book.Packet;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Users who send, open and top up as fast as they are answered, each on a thread of its own.
 *
 * <p>What they ask is drawn from a seed; in which order the server hears it is not.
 */
final class Crowd implements AutoCloseable {

  static final long ROOM = 7;

  private static final int PATIENCE_MS = 30_000;
  private static final int RECENT = 6;
  private static final List<String> KINDS = List.of("lucky", "lucky_fair", "equal");

  private final Book book;
  private final HttpCalls calls;
  private final long seed;
  private final String keyPrefix;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong unavailable = new AtomicLong();
  private volatile boolean stopped;

  /** One user at work. */
  private final class Member implements Runnable {

    private final long userId;
    private final SplittableRandom random;
    private int asked;

    Member(long userId) {
      this.userId = userId;
      this.random = new SplittableRandom(seed ^ (userId * 0x9E3779B97F4A7C15L));
    }

    @Override
    public void run() {
      try {
        while (!stopped) {
          act();
        }
      } catch (HttpTimeoutException late) {
        book.wrong("user %d got no answer in time: %s", userId, late);
      } catch (IOException | InterruptedException gone) {
        // The server has gone; what was asked stays noted as unanswered.
      }
    }

    private void act() throws IOException, InterruptedException {
      int dice = random.nextInt(100);
      if (dice < 10) {
        topUp();
      } else if (dice < 25) {
        send();
      } else if (dice < 30) {
        note(calls.get("/v1/accounts/me", book.token(userId)).status());
      } else {
        open();
      }
    }

    private void topUp() throws IOException, InterruptedException {
      long amountMinor = 1L + random.nextInt(500);
      change(
          "/v1/operator/top-ups",
          amountMinor,
          new JsonObject()
              .put("user_id", Long.toString(userId))
              .put("amount", HttpCalls.money(amountMinor)));
    }

    private void send() throws IOException, InterruptedException {
      int count = 2 + random.nextInt(12);
      long totalMinor = (long) count * (1 + random.nextInt(100));
      change(
          "/v1/red-packets",
          totalMinor,
          new JsonObject()
              .put("kind", KINDS.get(random.nextInt(KINDS.size())))
              .put("total", HttpCalls.money(totalMinor))
              .put("count", count)
              .put("audience", new JsonObject().put("room_id", Long.toString(ROOM))));
    }

    private void change(String path, long amountMinor, JsonObject body)
        throws IOException, InterruptedException {
      Keyed call = new Keyed(path, userId, keyPrefix + userId + "-" + ++asked, body, amountMinor);
      book.asked(call);
      HttpCalls.Reply reply = Crowd.ask(calls, book, call);
      note(reply.status());
      book.told(call, reply);
    }

    private void open() throws IOException, InterruptedException {
      Packet packet = book.recentPacket(random.nextInt(RECENT));
      if (packet == null) {
        return;
      }
      Opened opened = new Opened(packet.id(), userId);
      book.openAsked(opened);
      HttpCalls.Reply reply = Crowd.open(calls, book, opened);
      note(reply.status());
      book.openTold(opened, reply);
    }

    private void note(int status) {
      answers.incrementAndGet();
      if (status == 503) {
        unavailable.incrementAndGet();
      }
    }
  }

  /**
   * Makes a crowd that has not begun.
   *
   * @param keyPrefix keeps the keys of several crowds of one book apart
   */
  Crowd(Book book, HttpCalls calls, long seed, String keyPrefix) {
    this.book = book;
    this.calls = calls;
    this.seed = seed;
    this.keyPrefix = keyPrefix;
  }

  static HttpCalls.Reply ask(HttpCalls calls, Book book, Keyed call)
      throws IOException, InterruptedException {
    return call.isSend()
        ? calls.call("POST", call.path(), book.token(call.userId()), call.key(), call.body())
        : calls.operatorPost(call.path(), call.key(), call.body());
  }

  static HttpCalls.Reply open(HttpCalls calls, Book book, Opened opened)
      throws IOException, InterruptedException {
    return calls.call(
        "POST",
        "/v1/red-packets/" + opened.packetId() + "/open",
        book.token(opened.userId()),
        null,
        null);
  }

  Crowd start() {
    for (long userId : book.users()) {
      threads.add(Thread.ofVirtual().name("user-" + userId).start(new Member(userId)));
    }
    return this;
  }

  /** Answers heard so far. */
  long answers() {
    return answers.get();
  }

  /** How many of them said "not now". */
  long unavailable() {
    return unavailable.get();
  }

  /** Lets it go on until so many answers were heard; by count, since machines differ in speed. */
  Crowd untilAnswers(long count) throws InterruptedException {
    for (int waitedMs = 0; answers.get() < count; waitedMs++) {
      if (waitedMs > PATIENCE_MS) {
        throw new AssertionError("only " + answers + " answers: " + book + book.wrongs());
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
    return this;
  }

  /** Ends when everybody has heard what he asked last, or that nobody answers any more. */
  @Override
  public void close() throws InterruptedException {
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
