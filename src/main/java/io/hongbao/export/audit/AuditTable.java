// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.export.audit;

import io.hongbao.export.Column;
import io.hongbao.export.RecordStamp;
import io.hongbao.export.Table;

/** One row per audited change; entries of one millisecond are in the order of their ids. */
public final class AuditTable {

  private static final int PARTITION_BITS = 10;

  private static final Table.Builder B = Table.named("audit_entry");

  public static final Column ID = B.key("id");
  public static final Column AT_MS = B.max("at_ms");
  public static final Column KEY_ID = B.max("key_id");
  public static final Column ACTOR = B.text("actor");
  public static final Column OPERATION = B.code("operation");
  public static final Column CAUSE = B.text("cause");
  public static final Column SUBJECT = B.code("subject");
  public static final Column BEFORE = B.text("before_facts");
  public static final Column AFTER = B.text("after_facts");

  static {
    B.index("audit_entry_by_time", AT_MS, ID);
    B.index("audit_entry_by_actor", KEY_ID, AT_MS, ID);
    B.index("audit_entry_by_subject", SUBJECT, AT_MS, ID);
  }

  public static final Table TABLE = B.build();

  private AuditTable() {}

  /** Packs the place of a record, which has one entry at most, into a number. */
  static long id(RecordStamp stamp) {
    return stamp.sequence() << PARTITION_BITS | stamp.partition();
  }

  public static int partition(long id) {
    return (int) id & ((1 << PARTITION_BITS) - 1);
  }

  public static long sequence(long id) {
    return id >> PARTITION_BITS;
  }
}
