// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of receivers on a few threads of its own: the system's look-up blocks, and a
 * name whose server is silent may block for a minute.
 *
 * <p>Whoever asks for a name that is being looked up waits for that answer, so one such name holds
 * one thread, however many deliveries there are to it.
 *
 * <p><b>Thread:</b> any; answers come on the threads of the look-ups.
 *
 * <p><b>Failure:</b> what the system says; {@link BusyException} when too many names wait.
 *
 * <p><b>Limit:</b> {@link #THREADS_MAX} names at a time, {@link #WAITING_MAX} in line.
 */
final class HookNames implements AutoCloseable {

  static final int THREADS_MAX = 4;

  /** Twice as many as there can be webhooks with the defaults. */
  static final int WAITING_MAX = 64;

  private static final long IDLE_S = 30;

  /** What the system says of a name. */
  interface Lookup {
    InetAddress[] addressesOf(String host) throws UnknownHostException;
  }

  /** Says that too many other names wait. */
  static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;

    BusyException() {
      super("too many names are being looked up", null, false, false);
    }
  }

  private final Lookup lookup;
  private final ThreadPoolExecutor threads;
  private final Map<String, CompletableFuture<List<InetAddress>>> underWay = new HashMap<>();

  HookNames(Lookup lookup) {
    this.lookup = lookup;
    AtomicInteger number = new AtomicInteger();
    this.threads =
        new ThreadPoolExecutor(
            THREADS_MAX,
            THREADS_MAX,
            IDLE_S,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING_MAX),
            work -> {
              Thread thread = new Thread(work, "hongbao-hook-names-" + number.incrementAndGet());
              // The system's look-up cannot be interrupted; nothing is lost with it.
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** The addresses of a name, or of an address that is written as one; at least one. */
  CompletionStage<List<InetAddress>> of(String host) {
    CompletableFuture<List<InetAddress>> asked;
    synchronized (underWay) {
      CompletableFuture<List<InetAddress>> before = underWay.get(host);
      if (before != null) {
        return before;
      }
      asked = new CompletableFuture<>();
      underWay.put(host, asked);
    }
    try {
      threads.execute(() -> look(host, asked));
    } catch (RejectedExecutionException full) {
      done(host, asked, null, new BusyException());
    }
    return asked;
  }

  private void look(String host, CompletableFuture<List<InetAddress>> asked) {
    try {
      done(host, asked, List.of(lookup.addressesOf(host)), null);
    } catch (UnknownHostException | RuntimeException failed) {
      done(host, asked, null, failed);
    }
  }

  // Who asks from here on gets an answer of its own: addresses change.
  private void done(
      String host,
      CompletableFuture<List<InetAddress>> asked,
      @Nullable List<InetAddress> found,
      @Nullable Exception failure) {
    synchronized (underWay) {
      underWay.remove(host);
    }
    if (found != null) {
      asked.complete(found);
    } else {
      asked.completeExceptionally(failure);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
