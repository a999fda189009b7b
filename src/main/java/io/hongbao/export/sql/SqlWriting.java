// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.ExportFailedException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connection that rows are written by.
 *
 * <p><b>Thread:</b> the export loop's, which does the work itself where the database is inside this
 * process: so the system can be told to let that one thread wait.
 */
public interface SqlWriting {

  /** Runs one statement in the transaction that is open, or opens one. */
  void execute(String sql, List<@Nullable Object> values) throws ExportFailedException;

  void commit() throws ExportFailedException;
}
