// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.ExportFailedException;
import io.hongbao.export.TargetLostException;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for SQL on the export loop's thread, which is made to be blocked. */
final class Waiting {

  /** Far above any statement here; a database that is silent for so long is taken as down. */
  private static final long LIMIT_S = 60;

  private Waiting() {}

  static <T> T on(Future<T> future, SqlDialect dialect) throws ExportFailedException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(LIMIT_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw failure(cause, dialect);
    } catch (TimeoutException e) {
      throw new ExportFailedException("SQL did not answer within " + LIMIT_S + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ExportFailedException("interrupted while waiting for SQL", e);
    }
  }

  static ExportFailedException failure(Throwable cause, SqlDialect dialect) {
    String sentence = firstLine(cause);
    return dialect.isLost(cause)
        ? new TargetLostException("the read model's database is damaged: " + sentence, cause)
        : new ExportFailedException("SQL failed: " + sentence, cause);
  }

  // Databases append the whole statement, which is long and holds people's data.
  private static String firstLine(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end);
    return line.substring(0, Math.min(line.length(), 300));
  }
}
