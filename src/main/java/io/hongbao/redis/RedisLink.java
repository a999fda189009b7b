// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Redis".
package io.hongbao.redis;

import io.hongbao.model.Check;
import io.hongbao.time.TimeSource;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One event loop's connection to Redis: runs scripts, and knows at once when it cannot.
 *
 * <pre>
 *            connected, all scripts loaded
 *   DOWN ───────────────────────────────────▶ UP
 *    ▲ ▲   (tried again and again: 100 ms,     │ connection lost, or a call
 *    │ └──── doubled up to 5 s, +- a fifth)    │ unanswered for redis.timeout
 *    └─────────────────────────────────────────┘
 * </pre>
 *
 * <p>This is its circuit breaker: while it is down no call is sent, and after a call that hangs no
 * other one waits as long.
 *
 * <p><b>Thread:</b> the loop's on which it was started; meters may be read from anywhere.
 *
 * <p><b>Failure:</b> every call hears one answer or {@link RedisUnavailableException}; calls are
 * never repeated.
 *
 * <p><b>Limit:</b> {@link #CALLS_MAX} calls wait for their answer.
 */
public final class RedisLink {

  /** Half of what the client takes, which sends a script that was forgotten in two requests. */
  static final int CALLS_MAX = 1_024;

  private static final Logger LOG = System.getLogger(RedisLink.class.getName());
  private static final long PAUSE_MS_MIN = 100;
  private static final long PAUSE_MS_MAX = 5_000;

  /** Connecting may take a name look-up, TLS and a log-in. */
  private static final long ATTEMPT_MS_MAX = 2_000;

  private static final long SWEEPS_PER_TIMEOUT = 4;

  private final Vertx vertx;
  private final String url;
  private final long timeoutMs;
  private final TimeSource time;
  private final RedisMeters meters = new RedisMeters();
  private final ArrayDeque<Call> waiting = new ArrayDeque<>();
  private @Nullable Context loop;
  private @Nullable Redis client;
  private @Nullable RedisConnection connection;
  private long pauseMs = PAUSE_MS_MIN;
  private long attempt;
  private long attemptNanos;
  private boolean isClosed;

  /** Hears what became of a call: one of these, once, on the link's loop. */
  public interface Caller {
    /**
     * The server ran the script.
     *
     * @param tuple what the script says that it returns
     */
    void answered(long[] tuple);

    /** It did not, or nobody knows. */
    void unavailable(RedisUnavailableException cause);
  }

  /** Creates a link that is down until it is started. */
  public RedisLink(Vertx vertx, String url, long timeoutMs, TimeSource time) {
    this.vertx = vertx;
    this.url = url;
    this.timeoutMs = timeoutMs;
    this.time = time;
  }

  /** Begins to connect, on the current loop, until {@link #close}. */
  public void start() {
    Check.that(loop == null, "a link is started once");
    loop = vertx.getOrCreateContext();
    long sweepMs = Math.max(1, timeoutMs / SWEEPS_PER_TIMEOUT);
    vertx.setPeriodic(sweepMs, this::sweep);
    connect();
  }

  public RedisMeters meters() {
    return meters;
  }

  /** Calls a script on one key. */
  public void run(RedisScript script, String key, Object[] arguments, Caller caller) {
    RedisConnection open = connection;
    if (open == null || waiting.size() >= CALLS_MAX) {
      meters.countUnsent();
      caller.unavailable(
          new RedisUnavailableException(
              open == null ? "there is no connection to Redis" : "too many calls wait for Redis"));
      return;
    }
    Call call = new Call(script, key, arguments, caller);
    waiting.add(call);
    call.send(open, false);
  }

  /** Lets go of the server; calls that wait hear that it is unavailable. Any thread. */
  public void close() {
    onLoop(
        () -> {
          isClosed = true;
          drop("this process stops");
        });
  }

  private final class Call {
    private final RedisScript script;
    private final String key;
    private final Object[] arguments;
    private final Caller caller;
    private final long startNanos = time.nanos();
    private boolean isDone;

    Call(RedisScript script, String key, Object[] arguments, Caller caller) {
      this.script = script;
      this.key = key;
      this.arguments = arguments;
      this.caller = caller;
    }

    void send(RedisConnection open, boolean isSecond) {
      Request request = Request.cmd(Command.EVALSHA).arg(script.sha1()).arg(1).arg(key);
      for (Object argument : arguments) {
        request.arg(argument.toString());
      }
      open.send(request).onComplete(done -> onLoop(() -> arrived(open, isSecond, done)));
    }

    private void arrived(RedisConnection from, boolean isSecond, AsyncResult<Response> done) {
      if (isDone) {
        return;
      }
      if (done.succeeded()) {
        end();
        meters.answered(time.nanos() - startNanos);
        caller.answered(tuple(Check.present(done.result(), "result of a script")));
        return;
      }
      String message = String.valueOf(done.cause().getMessage());
      if (message.startsWith("NOSCRIPT") && !isSecond) {
        // The server was restarted or its scripts were flushed. One connection keeps the order, so
        // the script is there when its second call arrives.
        load(from, script);
        send(from, true);
      } else {
        end();
        meters.countError();
        LOG.log(Level.DEBUG, "redis could not run {0}: {1}", script, message);
        caller.unavailable(new RedisUnavailableException(message));
      }
    }

    private void end() {
      isDone = true;
      // Answers come in the order of the calls, so it is the first one but after a repeat.
      waiting.remove(this);
    }

    void lose() {
      isDone = true;
      caller.unavailable(
          new RedisUnavailableException("the connection to Redis was lost before the answer"));
    }
  }

  private static long[] tuple(Response response) {
    long[] tuple = new long[response.size()];
    for (int i = 0; i < tuple.length; i++) {
      tuple[i] = Check.present(response.get(i).toLong(), "number of a script");
    }
    return tuple;
  }

  private static Future<?> load(RedisConnection open, RedisScript script) {
    return open.send(Request.cmd(Command.SCRIPT).arg("LOAD").arg(script.source()));
  }

  private void connect() {
    if (isClosed) {
      return;
    }
    long number = ++attempt;
    attemptNanos = time.nanos();
    Redis created = Redis.createClient(vertx, options());
    client = created;
    created
        .connect()
        .onComplete(
            done ->
                onLoop(
                    () -> {
                      if (number != attempt) {
                        created.close();
                      } else if (done.succeeded()) {
                        prepare(number, done.result());
                      } else {
                        drop(String.valueOf(done.cause().getMessage()));
                      }
                    }));
  }

  private void prepare(long number, RedisConnection fresh) {
    fresh.exceptionHandler(cause -> lost(number, String.valueOf(cause.getMessage())));
    fresh.endHandler(ended -> lost(number, "it closed the connection"));
    Future<?> loaded = Future.succeededFuture();
    for (RedisScript script : RedisScript.values()) {
      loaded = loaded.compose(before -> load(fresh, script));
    }
    loaded.onComplete(
        done ->
            onLoop(
                () -> {
                  if (number != attempt) {
                    return;
                  }
                  if (done.succeeded()) {
                    connection = fresh;
                    pauseMs = PAUSE_MS_MIN;
                    meters.up(true);
                    LOG.log(Level.INFO, "redis is there");
                  } else {
                    drop(String.valueOf(done.cause().getMessage()));
                  }
                }));
  }

  private void lost(long number, String why) {
    onLoop(
        () -> {
          if (number == attempt) {
            drop(why);
          }
        });
  }

  // Whatever was under way is given up; the next attempt has a client of its own.
  private void drop(String why) {
    attempt++;
    Redis old = client;
    client = null;
    if (old != null) {
      old.close();
    }
    if (connection != null) {
      connection = null;
      meters.up(false);
      meters.countDown();
      LOG.log(
          isClosed ? Level.DEBUG : Level.WARNING,
          "redis is away ({0}); this process goes on alone",
          why);
    } else {
      LOG.log(Level.DEBUG, "redis cannot be reached: {0}", why);
    }
    ArrayDeque<Call> lost = new ArrayDeque<>(waiting);
    waiting.clear();
    meters.countLost(lost.size());
    lost.forEach(Call::lose);
    if (!isClosed) {
      vertx.setTimer(spread(pauseMs), ignored -> connect());
      pauseMs = Math.min(PAUSE_MS_MAX, 2 * pauseMs);
    }
  }

  // Not all loops of all nodes in the same moment; any bits that differ between them will do.
  private long spread(long ms) {
    long fifth = ms / 5;
    return ms - fifth + Math.floorMod(time.nanos() / 1_000, 2 * fifth + 1);
  }

  private void sweep(long timer) {
    if (isClosed) {
      vertx.cancelTimer(timer);
      return;
    }
    long nowNanos = time.nanos();
    Call oldest = waiting.peek();
    if (oldest != null && isOver(oldest.startNanos, timeoutMs, nowNanos)) {
      drop("no answer within " + timeoutMs + " ms");
    } else if (client != null
        && connection == null
        && isOver(attemptNanos, ATTEMPT_MS_MAX, nowNanos)) {
      drop("no connection within " + ATTEMPT_MS_MAX + " ms");
    }
  }

  private static boolean isOver(long startNanos, long ms, long nowNanos) {
    return nowNanos - startNanos > TimeUnit.MILLISECONDS.toNanos(ms);
  }

  private RedisOptions options() {
    return new RedisOptions()
        .setConnectionString(url)
        .setNetClientOptions(
            new NetClientOptions().setTcpNoDelay(true).setConnectTimeout((int) ATTEMPT_MS_MAX))
        .setMaxPoolSize(1)
        .setPoolCleanerInterval(-1)
        .setMaxWaitingHandlers(2 * CALLS_MAX);
  }

  private void onLoop(Runnable step) {
    Context home = Check.present(loop, "loop of the link");
    if (home.equals(Vertx.currentContext())) {
      step.run();
    } else {
      home.runOnContext(ignored -> step.run());
    }
  }
}
