// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.ExportFailedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes by JDBC on the calling thread; each text is prepared once.
 *
 * <p><b>Thread:</b> the export loop's.
 */
final class JdbcWriting implements SqlWriting, AutoCloseable {

  private final Connection connection;
  private final SqlDialect dialect;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  private JdbcWriting(Connection connection, SqlDialect dialect) {
    this.connection = connection;
    this.dialect = dialect;
  }

  static JdbcWriting open(String url, String user, SqlDialect dialect)
      throws ExportFailedException {
    try {
      Connection connection = DriverManager.getConnection(url, user, "");
      connection.setAutoCommit(false);
      return new JdbcWriting(connection, dialect);
    } catch (SQLException e) {
      throw Waiting.failure(e, dialect);
    }
  }

  @Override
  public void execute(String sql, List<@Nullable Object> values) throws ExportFailedException {
    try {
      PreparedStatement statement = prepared.get(sql);
      if (statement == null) {
        statement = connection.prepareStatement(sql);
        prepared.put(sql, statement);
      }
      for (int i = 0; i < values.size(); i++) {
        statement.setObject(i + 1, values.get(i));
      }
      statement.execute();
      // Thousands of values that would live until the same text comes again.
      statement.clearParameters();
    } catch (SQLException | RuntimeException e) {
      throw Waiting.failure(e, dialect);
    }
  }

  @Override
  public void commit() throws ExportFailedException {
    try {
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      throw Waiting.failure(e, dialect);
    }
  }

  /** Takes back what is not committed. */
  @Override
  public void close() throws SQLException {
    try {
      connection.rollback();
    } finally {
      connection.close();
    }
  }
}
