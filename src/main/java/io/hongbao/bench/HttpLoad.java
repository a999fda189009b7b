// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import io.hongbao.model.LatencyHistogram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Many keep-alive connections, one request at a time on each, from one thread.
 *
 * <p>Closed loop: the next request goes out when the answer is there; tells what can be had. Open
 * loop: requests fall due at a fixed rate and wait for a free connection; their time counts from
 * when they were <em>due</em>, so a server that stops for a second is charged with all that should
 * have happened in it.
 *
 * <p>Nothing is allocated per request and nothing decoded beyond status, length and body: it must
 * cost less than the server that it drives.
 *
 * <p><b>Thread:</b> the caller's.
 */
final class HttpLoad implements AutoCloseable {

  /** What is asked, and what becomes of the answer. */
  interface Script {

    /**
     * Writes the next request.
     *
     * @return its length, 0 when there is nothing to ask now
     */
    int next(byte[] target, int connection);

    /** Takes an answer; the body lies in the array until this returns. */
    void answered(int connection, int status, byte[] bytes, int bodyAt, int bodyEnd);
  }

  /**
   * What happened.
   *
   * @param answers of any status
   * @param backlogMax requests that were due and had no free connection, at worst
   * @param busyShare of its time the generator had something to do; near 1 it is the bottleneck
   */
  record Result(
      long answers, double seconds, LatencyHistogram latency, long backlogMax, double busyShare) {

    double perSecond() {
      return answers / seconds;
    }
  }

  /**
   * How long an open loop sleeps when nothing is due and nothing has come; the system makes some 70
   * µs of it. A generator that looks without pause takes a whole core, and a machine that is rented
   * by processor time then stops all cores for milliseconds, which counts as the server's delay.
   */
  private static final long PAUSE_NANOS = 20_000;

  private final Selector selector;
  private final List<HttpLoadConnection> connections = new ArrayList<>();
  private final ArrayDeque<HttpLoadConnection> free = new ArrayDeque<>();
  private LatencyHistogram latency = new LatencyHistogram();
  private Script script = NOTHING;
  private long answers;
  private boolean isClosedLoop;
  private boolean isOver;

  private static final Script NOTHING =
      new Script() {
        @Override
        public int next(byte[] target, int connection) {
          return 0;
        }

        @Override
        public void answered(int connection, int status, byte[] bytes, int bodyAt, int bodyEnd) {}
      };

  /** Opens the connections. */
  HttpLoad(URI server, int count) throws IOException {
    selector = Selector.open();
    InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
    for (int i = 0; i < count; i++) {
      HttpLoadConnection connection = new HttpLoadConnection(i, address, selector);
      connections.add(connection);
      free.add(connection);
    }
  }

  /** Asks as fast as answers come, for that long. */
  Result closedLoop(Script what, double seconds) throws IOException {
    begin(what, true);
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    for (HttpLoadConnection connection : List.copyOf(free)) {
      ask(connection, begin);
    }
    long waited = 0;
    while (System.nanoTime() < end && free.size() < connections.size()) {
      long before = System.nanoTime();
      int ready = selector.selectNow(this::serve);
      if (ready == 0) {
        selector.select(this::serve, 1);
        waited += System.nanoTime() - before;
      }
    }
    return finish(begin, 0, waited);
  }

  /** Asks at a rate, whatever the answers do, for that long. */
  Result openLoop(Script what, double perSecond, double seconds) throws IOException {
    begin(what, false);
    long begin = System.nanoTime();
    long count = (long) (perSecond * seconds);
    double gapNanos = 1e9 / perSecond;
    long asked = 0;
    long backlogMax = 0;
    long waited = 0;
    while (asked < count) {
      long now = System.nanoTime();
      long due = Math.min(count, (long) ((now - begin) / gapNanos) + 1);
      while (asked < due && !free.isEmpty()) {
        ask(free.peek(), begin + (long) (asked * gapNanos));
        asked++;
      }
      backlogMax = Math.max(backlogMax, due - asked);
      if (selector.selectNow(this::serve) == 0) {
        long idle = System.nanoTime();
        LockSupport.parkNanos(PAUSE_NANOS);
        waited += System.nanoTime() - idle;
      }
    }
    return finish(begin, backlogMax, waited);
  }

  private void begin(Script what, boolean closedLoop) {
    script = what;
    isClosedLoop = closedLoop;
    isOver = false;
    answers = 0;
    latency = new LatencyHistogram();
  }

  private Result finish(long begin, long backlogMax, long waited) throws IOException {
    long passed = System.nanoTime() - begin;
    long counted = answers;
    isOver = true;
    long giveUp = System.nanoTime() + 10_000_000_000L;
    while (free.size() < connections.size()) {
      selector.select(this::serve, 100);
      if (System.nanoTime() > giveUp) {
        throw new IOException("answers are missing after ten seconds");
      }
    }
    // In an open loop everything that was due counts, also what was answered after the end.
    long all = isClosedLoop ? counted : answers;
    long took = isClosedLoop ? passed : System.nanoTime() - begin;
    return new Result(all, took / 1e9, latency, backlogMax, 1 - waited / (double) passed);
  }

  private void ask(HttpLoadConnection connection, long dueNanos) throws IOException {
    int length = script.next(connection.request(), connection.index());
    if (length > 0) {
      free.remove(connection);
      connection.send(length, dueNanos);
    }
  }

  private void serve(SelectionKey key) {
    HttpLoadConnection connection = (HttpLoadConnection) key.attachment();
    try {
      if (!connection.readAnswer()) {
        return;
      }
      long now = System.nanoTime();
      latency.record(now - connection.dueNanos());
      answers++;
      script.answered(
          connection.index(),
          connection.status(),
          connection.bytes(),
          connection.bodyAt(),
          connection.bodyEnd());
      connection.reset();
      int length =
          isClosedLoop && !isOver ? script.next(connection.request(), connection.index()) : 0;
      if (length > 0) {
        connection.send(length, now);
      } else {
        free.add(connection);
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    for (HttpLoadConnection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
