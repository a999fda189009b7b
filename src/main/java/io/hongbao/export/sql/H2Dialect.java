// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.Column;
import java.io.EOFException;
import java.sql.SQLException;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;

/** What is particular to H2 in its MySQL mode. */
final class H2Dialect extends SqlDialect {

  /**
   * Damage, and tables that are not there or not ours: somebody else's file under our name. A full
   * disk or a locked file is not among them; those pass.
   */
  private static final Set<Integer> LOST_SQL =
      Set.of(
          ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1,
          ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.FILE_VERSION_ERROR_1,
          ErrorCode.FILE_ENCRYPTION_ERROR_1,
          ErrorCode.WRONG_USER_OR_PASSWORD,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
          ErrorCode.TABLE_OR_VIEW_NOT_FOUND_DATABASE_EMPTY_1,
          ErrorCode.COLUMN_NOT_FOUND_1);

  private static final Set<Integer> LOST_STORE =
      Set.of(
          DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_UNSUPPORTED_FORMAT,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_BLOCK_NOT_FOUND,
          DataUtils.ERROR_SERIALIZATION,
          DataUtils.ERROR_INTERNAL);

  @Override
  String type(Column column) {
    return switch (column.type()) {
      case LONG -> "BIGINT";
      case INT -> "INT";
      case CODE -> "VARCHAR(128)";
      // No CLOB: those are stored apart and cannot be compared.
      case TEXT -> "VARCHAR(65535)";
    };
  }

  @Override
  String tableOptions() {
    return "";
  }

  // WRITE_DELAY=0 makes a commit write to the file, but does not force the file to the disk.
  @Override
  @Nullable String sync() {
    return "CHECKPOINT SYNC";
  }

  @Override
  boolean isLost(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && LOST_SQL.contains(sql.getErrorCode())) {
        return true;
      }
      if (cause instanceof MVStoreException store && LOST_STORE.contains(store.getErrorCode())) {
        return true;
      }
      // A file that is shorter than it says. Other failures to read may pass.
      if (cause instanceof EOFException) {
        return true;
      }
    }
    return false;
  }
}
