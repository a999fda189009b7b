// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Users who move money as fast as they are answered, each on a thread of its own.
 *
 * <p>What they ask is drawn from a seed; in which order the server hears it is not. Each repeats
 * what was lost or refused for now, byte for byte, until the server is gone.
 */
final class Callers implements AutoCloseable {

  static final long ROOM = 7;

  private static final int PATIENCE_MS = 60_000;
  private static final int RECENT = 6;
  private static final int TRIES_MAX = 5;
  private static final int PAUSE_MS = 20;
  private static final int HOLDS_MAX = 8;
  private static final List<String> KINDS = List.of("lucky", "lucky_fair", "equal");

  private final Notebook notebook;
  private final IntSupplier port;
  private final String operatorKey;
  private final long seed;
  private final String keyPrefix;
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong repeats = new AtomicLong();
  private volatile boolean stopped;

  /**
   * Makes a crowd that has not begun.
   *
   * @param keyPrefix keeps the keys of several crowds of one notebook apart
   */
  Callers(Notebook notebook, IntSupplier port, String operatorKey, long seed, String keyPrefix) {
    this.notebook = notebook;
    this.port = port;
    this.operatorKey = operatorKey;
    this.seed = seed;
    this.keyPrefix = keyPrefix;
  }

  /** One user at work. */
  private final class Member implements Runnable {

    private final long userId;
    private final SplittableRandom random;
    private final Wire wire = new Wire(port);
    private final List<String> holds = new ArrayList<>();
    private Ask.@Nullable Move moved;
    private String movedId = "";
    private int asked;

    Member(long userId) {
      this.userId = userId;
      this.random = new SplittableRandom(seed ^ (userId * 0x9E3779B97F4A7C15L));
    }

    @Override
    public void run() {
      try (wire) {
        while (!stopped) {
          act();
        }
      } catch (IOException | InterruptedException gone) {
        // The server has gone; what was asked stays noted as unknown.
      }
    }

    private void act() throws IOException, InterruptedException {
      int dice = random.nextInt(100);
      if (dice < 8) {
        tell(new Ask.TopUp(userId, newKey(), 1 + random.nextInt(500)));
      } else if (dice < 20) {
        int count = 2 + random.nextInt(12);
        long totalMinor = (long) count * (1 + random.nextInt(100));
        tell(
            new Ask.Send(
                userId, newKey(), KINDS.get(random.nextInt(KINDS.size())), totalMinor, count));
      } else if (dice < 32) {
        move();
      } else if (dice < 36) {
        undo();
      } else if (dice < 48) {
        hold();
      } else {
        Notebook.Packet packet = notebook.recentPacket(random.nextInt(RECENT));
        if (packet != null) {
          tell(new Ask.Open(userId, packet.id));
        }
      }
    }

    private void move() throws IOException, InterruptedException {
      List<Ask.Leg> legs = new ArrayList<>();
      for (int i = 1 + random.nextInt(3); i > 0; i--) {
        legs.add(new Ask.Leg(other(), 1 + random.nextInt(200)));
      }
      Ask.Move move = new Ask.Move(userId, newKey(), legs);
      Outcome outcome = tell(move);
      if (outcome != null && outcome.isOk()) {
        moved = move;
        movedId = outcome.id();
      }
    }

    private void undo() throws IOException, InterruptedException {
      Ask.Move last = moved;
      if (last != null) {
        int number = random.nextInt(last.legs().size());
        Ask.Leg leg = last.legs().get(number);
        moved = null;
        tell(new Ask.Undo(leg.toId(), newKey(), movedId, number, userId, leg.amountMinor()));
      }
    }

    private void hold() throws IOException, InterruptedException {
      if (holds.isEmpty() || (holds.size() < HOLDS_MAX && random.nextInt(3) == 0)) {
        Outcome outcome =
            tell(new Ask.Hold(userId, newKey(), 1 + random.nextInt(300), notebook.heldUntil()));
        if (outcome != null && outcome.isOk()) {
          holds.add(outcome.id());
        }
        return;
      }
      int index = random.nextInt(holds.size());
      String holdId = holds.get(index);
      if (random.nextInt(3) > 0) {
        tell(new Ask.Draw(userId, newKey(), holdId, other(), 1 + random.nextInt(200)));
      } else {
        tell(new Ask.Free(userId, newKey(), holdId));
        holds.remove(index);
      }
    }

    private long other() {
      List<Long> users = notebook.users();
      long other = users.get(random.nextInt(users.size()));
      return other == userId ? users.get((users.indexOf(userId) + 1) % users.size()) : other;
    }

    private String newKey() {
      return keyPrefix + userId + "-" + ++asked;
    }

    // Now and then the same is asked again, and something else under the same key.
    private @Nullable Outcome tell(Ask ask) throws IOException, InterruptedException {
      notebook.asked(ask);
      Outcome outcome = repeatedly(ask);
      int dice = random.nextInt(40);
      if (outcome != null && ask.hasKey() && dice == 0) {
        repeats.incrementAndGet();
        repeatedly(ask);
      } else if (outcome != null && dice == 1 && !ask.alteredBody().isEmpty()) {
        Answer answer = wire.exchange("POST", ask.path(), token(ask), ask.key(), ask.alteredBody());
        if (!answer.isBusy() && !answer.isKeyReused()) {
          notebook.differs("another body under the key of %s was answered %s", ask, answer);
        }
      }
      return outcome;
    }

    // A lost connection is worth another try: only when that fails too is the server gone.
    private @Nullable Outcome repeatedly(Ask ask) throws IOException, InterruptedException {
      for (int attempt = 1; ; attempt++) {
        try {
          Outcome outcome = notebook.answered(ask, wire.ask(ask, token(ask)));
          answers.incrementAndGet();
          if (outcome != null || attempt == TRIES_MAX || stopped) {
            return outcome;
          }
        } catch (IOException lost) {
          if (attempt == TRIES_MAX || stopped) {
            throw lost;
          }
        }
        repeats.incrementAndGet();
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    }

    private String token(Ask ask) {
      return ask.isOperators() ? operatorKey : notebook.token(ask.userId());
    }
  }

  Callers start() {
    for (long userId : notebook.users()) {
      threads.add(Thread.ofVirtual().name("caller-" + userId).start(new Member(userId)));
    }
    return this;
  }

  /** Answers heard so far. */
  long answers() {
    return answers.get();
  }

  /** Asks that were sent once more. */
  long repeats() {
    return repeats.get();
  }

  /** Lets it go on until so many answers were heard; by count, since machines differ in speed. */
  void untilAnswers(long count) throws InterruptedException, DrillException {
    for (int waitedMs = 0; answers.get() < count; waitedMs++) {
      if (waitedMs > PATIENCE_MS) {
        throw new DrillException(
            "only %d answers came within %d s".formatted(answers.get(), PATIENCE_MS / 1_000));
      }
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /** From now on nobody asks anything new. */
  void end() {
    stopped = true;
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
