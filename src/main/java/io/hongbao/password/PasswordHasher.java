// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Passwords".
package io.hongbao.password;

import io.hongbao.model.LatencyHistogram;
import io.hongbao.time.Randomness;
import io.hongbao.time.TimeSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords on a few threads of its own.
 *
 * <p><b>Thread:</b> any; results come on the pool's threads.
 *
 * <p><b>Failure:</b> a full queue gives null instead of a result to wait for: nothing was begun.
 *
 * <p><b>Limit:</b> {@code password.threads} at work, {@code password.queue_max} waiting.
 */
public final class PasswordHasher implements AutoCloseable {

  private final PasswordCost cost;
  private final Randomness randomness;
  private final TimeSource time;
  private final ThreadPoolExecutor pool;
  private final LatencyHistogram workNanos = new LatencyHistogram();
  private final LongAdder rejected = new LongAdder();
  private final Argon2Hash nobodys;

  /** What became of a check. */
  public record Checked(boolean fits, boolean isWeak) {}

  /**
   * Starts the threads; makes one hash, against which unknown users are checked.
   *
   * @param threads at least one
   */
  public PasswordHasher(
      PasswordCost cost, int threads, int queueMax, Randomness randomness, TimeSource time) {
    this.cost = cost;
    this.randomness = randomness;
    this.time = time;
    AtomicInteger number = new AtomicInteger();
    this.pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueMax),
            work -> {
              Thread thread = new Thread(work, "hongbao-password-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.nobodys = Argon2Hash.of("nobody", cost, salt());
  }

  /** Hashes a new password; null when too many wait. */
  public @Nullable CompletionStage<String> hash(String password) {
    byte[] salt = salt();
    return submit(() -> Argon2Hash.of(password, cost, salt).toString());
  }

  /**
   * Checks a password; null when too many wait.
   *
   * @param kept the text that {@link #hash} gave; anything else fits no password, after the same
   *     time
   */
  public @Nullable CompletionStage<Checked> check(String password, String kept) {
    return submit(
        () -> {
          Argon2Hash hash = Argon2Hash.parse(kept);
          if (hash == null) {
            // For the time that it takes, not for the outcome.
            nobodys.fits(password);
            return new Checked(false, false);
          }
          return new Checked(hash.fits(password), hash.cost().isBelow(cost));
        });
  }

  /** Whether another password would be taken now; a hint that is old when it is read. */
  public boolean hasRoom() {
    return pool.getQueue().remainingCapacity() > 0;
  }

  private <T> @Nullable CompletionStage<T> submit(Supplier<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      pool.execute(
          () -> {
            long startNanos = time.nanos();
            try {
              result.complete(work.get());
            } catch (RuntimeException | Error e) {
              result.completeExceptionally(e);
            }
            workNanos.recordShared(time.nanos() - startNanos);
          });
      return result;
    } catch (RejectedExecutionException full) {
      rejected.increment();
      return null;
    }
  }

  private byte[] salt() {
    byte[] salt = new byte[Argon2Hash.SALT_BYTES];
    randomness.nextBytes(salt);
    return salt;
  }

  public PasswordCost cost() {
    return cost;
  }

  public int waiting() {
    return pool.getQueue().size();
  }

  /** Passwords that were turned away because too many waited. */
  public long rejected() {
    return rejected.sum();
  }

  /** Time at work, without waiting. */
  public LatencyHistogram workNanos() {
    return workNanos;
  }

  /** Ends the threads; who waits hears nothing more. */
  @Override
  public void close() {
    pool.shutdownNow();
  }
}
