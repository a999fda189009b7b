// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.Column;
import io.hongbao.export.Table;

/** Where the read model itself stores how far it has come; written with every batch. */
final class PositionTables {

  /** The only row of {@link #LOG}. */
  static final long ONLY = 1;

  private static final Table.Builder L = Table.named("export_position");

  static final Column ID = L.key("id");
  static final Column PARTITION_COUNT = L.maxInt("partition_count");
  static final Column COMPLETE_FROM = L.max("complete_from_log_position");
  static final Column LOG_POSITION = L.max("log_position");

  /** Identity of the data directory whose journal was read. */
  static final Column DIRECTORY_ID = L.code("directory_id");

  /** Checksum over the shape of all tables: another one means another version of the server. */
  static final Column LAYOUT = L.code("layout");

  static final Table LOG = L.build();

  private static final Table.Builder P = Table.named("export_partition");

  static final Column PARTITION = P.key("partition_id");
  static final Column SEQUENCE = P.max("sequence");
  static final Column TIME_MS = P.max("time_ms");

  static final Table PARTITIONS = P.build();

  private PositionTables() {}
}
