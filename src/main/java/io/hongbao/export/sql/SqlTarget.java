// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.ExportFailedException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import org.jspecify.annotations.Nullable;

/**
 * One database that a read model lives in: how to reach it, and how to tell that it is gone.
 *
 * <p><b>Thread:</b> the export loop's, which may be blocked; {@link #readers} is for every thread.
 */
public interface SqlTarget {

  /** Connects; makes the database when missing. */
  void open() throws ExportFailedException;

  /** What writes; only between {@link #open} and {@link #close}. */
  SqlWriting writing();

  /** A connection for what the exporter asks; only between {@link #open} and {@link #close}. */
  SqlConnection writer();

  /** Connections for reading, bounded; null while the database cannot be reached. */
  @Nullable Pool readers();

  /**
   * Looks whether the database still exists.
   *
   * @throws io.hongbao.export.TargetLostException if it does not
   */
  void check() throws ExportFailedException;

  /** Removes the database, whatever state it is in. */
  void discard() throws ExportFailedException;

  void close();

  /** Text and errors of this kind of database. */
  SqlDialect dialect();
}
