// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.ExportProgress;
import io.hongbao.model.Check;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs reads: waits for the asked position, then queries, and gives every failure its type.
 *
 * <p><b>Thread:</b> any; results arrive on the caller's context.
 *
 * <p><b>Limit:</b> a read takes at most {@link #QUERY_MS_MAX}, a wait at most {@link #WAIT_MS_MAX}.
 */
final class SqlReader {

  static final long WAIT_MS_MAX = 1_000;
  static final long QUERY_MS_MAX = 5_000;

  private final Vertx vertx;
  private final SqlTarget target;
  private final ExportProgress progress;
  private final Runnable onDamage;

  SqlReader(Vertx vertx, SqlTarget target, ExportProgress progress, Runnable onDamage) {
    this.vertx = vertx;
    this.target = target;
    this.progress = progress;
    this.onDamage = onDamage;
  }

  ExportProgress progress() {
    return progress;
  }

  /** How far the model is now, for a user whose account lives in that partition. */
  AsOf asOf(@Nullable MinPosition asked, int accountPartition) {
    int partition = asked == null ? accountPartition : asked.partition();
    // The sequence is published after its time, so the time read after it is not an older one.
    long sequence = progress.exportedSequence(partition);
    long timeMs = progress.exportedTimeMs(partition);
    return new AsOf(partition, sequence, timeMs == 0 ? progress.newestTimeMs() : timeMs);
  }

  /** Waits for the position, if one is asked, then runs the read. */
  <T> Future<T> read(@Nullable MinPosition asked, java.util.function.Supplier<Future<T>> read) {
    if (asked == null || progress.isExported(asked.partition(), asked.sequence())) {
      return guarded(read);
    }
    return reached(asked).compose(done -> guarded(read));
  }

  private <T> Future<T> guarded(java.util.function.Supplier<Future<T>> read) {
    if (!progress.isWhole()) {
      return Future.failedFuture(
          new ReadModelUnavailableException("the read model is not complete yet"));
    }
    return read.get();
  }

  private Future<Void> reached(MinPosition asked) {
    Context context = vertx.getOrCreateContext();
    Promise<Void> promise = Promise.promise();
    // Called on the export loop's thread, which has better things to do than our continuation.
    ExportProgress.Waiter waiter =
        progress.await(
            asked.partition(),
            asked.sequence(),
            () -> context.runOnContext(now -> promise.tryComplete()));
    if (waiter == null) {
      return behind(asked);
    }
    long timer =
        vertx.setTimer(
            WAIT_MS_MAX,
            now -> {
              progress.forget(waiter);
              promise.tryFail(behindException(asked));
            });
    return promise.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  private static <T> Future<T> behind(MinPosition asked) {
    return Future.failedFuture(behindException(asked));
  }

  private static ReadModelBehindException behindException(MinPosition asked) {
    return new ReadModelBehindException("the read model has not reached " + asked);
  }

  /** Queries; whatever fails is "unavailable". */
  Future<RowSet<Row>> query(String sql, Object... values) {
    Pool pool = target.readers();
    if (pool == null) {
      return Future.failedFuture(new ReadModelUnavailableException("SQL cannot be reached"));
    }
    return pool.preparedQuery(sql)
        .execute(Tuple.from(values))
        .timeout(QUERY_MS_MAX, TimeUnit.MILLISECONDS)
        .recover(this::unavailable);
  }

  private <T> Future<T> unavailable(Throwable failure) {
    if (target.dialect().isLost(failure)) {
      onDamage.run();
    }
    return Future.failedFuture(new ReadModelUnavailableException("SQL failed", failure));
  }

  /** The row of a thing that is asked for by id, or null when it never existed. */
  <T> Future<java.util.Optional<T>> one(String sql, Function<Row, T> mapping, Object... values) {
    boolean mayConcludeAbsence = progress.isCaughtUp();
    return query(sql, values)
        .compose(
            rows -> {
              Check.atMost(rows.size(), 1, "rows of one id");
              if (rows.size() == 0 && !mayConcludeAbsence) {
                return Future.failedFuture(
                    new ReadModelUnavailableException("the read model has not caught up yet"));
              }
              return Future.succeededFuture(rows.stream().findFirst().map(mapping));
            });
  }
}
