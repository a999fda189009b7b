// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.Column;
import io.hongbao.export.EventCursor;
import io.hongbao.export.ExportFailedException;
import io.hongbao.export.ExportPosition;
import io.hongbao.export.Exporter;
import io.hongbao.export.FamilyExports;
import io.hongbao.export.Merge;
import io.hongbao.export.RecordStamp;
import io.hongbao.export.Row;
import io.hongbao.export.RowBatch;
import io.hongbao.export.Table;
import io.hongbao.export.TargetLostException;
import io.hongbao.export.account.AccountExports;
import io.hongbao.export.audit.AuditExports;
import io.hongbao.export.redpacket.RedPacketExports;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A read model in memory that outlives the server and fails as real ones do: a commit that did not
 * happen, one that happened unheard, everything gone.
 */
final class MemoryReadModel implements Exporter {

  private final SplittableRandom chance;
  private final Marks marks;
  private final int partitions;
  private final Map<Integer, FamilyExports> families = new HashMap<>();
  private final EventCursor events = new EventCursor();
  private final RowBatch pending = new RowBatch();
  private final Map<String, Map<List<Long>, Object[]>> tables = new HashMap<>();
  private final long[] sequences;
  private final long[] timesMs;
  private final long[] syncedSequences;
  private final long[] syncedTimesMs;
  private long syncedLogPosition;
  private long logPosition;
  private long completeFrom;
  private boolean exists;
  private boolean isLost;
  private boolean isHealthy;

  MemoryReadModel(SplittableRandom chance, Marks marks, int partitions) {
    this.chance = chance;
    this.marks = marks;
    this.partitions = partitions;
    this.sequences = new long[partitions];
    this.timesMs = new long[partitions];
    this.syncedSequences = new long[partitions];
    this.syncedTimesMs = new long[partitions];
    for (FamilyExports family :
        List.of(new RedPacketExports(), new AccountExports(), new AuditExports())) {
      families.put(family.codec().schemaId(), family);
    }
  }

  void heal() {
    isHealthy = true;
  }

  /** Somebody deletes the files. */
  void lose() {
    marks.count(Fault.READ_MODEL_LOST);
    isLost = true;
  }

  /** Rows of a table by key. */
  Map<List<Long>, Object[]> rows(Table table) {
    return tables.getOrDefault(table.name(), Map.of());
  }

  @Override
  public ExportPosition open(long durableLogPosition) throws ExportFailedException {
    pending.clear();
    check();
    if (!exists) {
      exists = true;
      logPosition = 0;
      completeFrom = durableLogPosition;
      java.util.Arrays.fill(sequences, 0);
      java.util.Arrays.fill(timesMs, 0);
      remember();
    }
    ExportPosition position = new ExportPosition(partitions, logPosition, completeFrom);
    for (int i = 0; i < partitions; i++) {
      position.restore(i, sequences[i], timesMs[i]);
    }
    return position;
  }

  @Override
  public void add(JournalReader record) {
    events.wrap(record.buffer(), record.offset(), record.lengthBytes());
    while (events.next()) {
      FamilyExports family = families.get(events.schemaId());
      if (family != null && family.wants(events.templateId())) {
        family.export(
            family.codec().decode(events.buffer(), events.offset(), events.lengthBytes()),
            new RecordStamp(record.partition(), record.sequence(), record.timeMs(), events.index()),
            pending);
      }
    }
  }

  @Override
  public int pendingRows() {
    return pending.rowCount();
  }

  @Override
  public void commit(ExportPosition position) throws ExportFailedException {
    check();
    int luck = isHealthy ? 9 : chance.nextInt(40);
    if (luck == 0) {
      marks.count(Fault.EXPORT_FAILED);
      throw new ExportFailedException("the simulated database refused");
    }
    pending.forEachTable(this::write);
    pending.clear();
    logPosition = position.logPosition();
    for (int i = 0; i < partitions; i++) {
      sequences[i] = position.sequence(i);
      timesMs[i] = position.timeMs(i);
    }
    if (luck == 1) {
      marks.count(Fault.EXPORT_UNHEARD);
      throw new ExportFailedException("the simulated database did not answer");
    }
  }

  @Override
  public void sync() {
    remember();
  }

  private void remember() {
    syncedLogPosition = logPosition;
    System.arraycopy(sequences, 0, syncedSequences, 0, partitions);
    System.arraycopy(timesMs, 0, syncedTimesMs, 0, partitions);
  }

  /** A power cut may take back what was not forced; rows are written again, so they may stay. */
  void losePower() {
    if (exists && syncedLogPosition < logPosition && chance.nextBoolean()) {
      marks.count(Fault.EXPORT_TAKEN_BACK);
      logPosition = syncedLogPosition;
      System.arraycopy(syncedSequences, 0, sequences, 0, partitions);
      System.arraycopy(syncedTimesMs, 0, timesMs, 0, partitions);
    }
  }

  private void write(Table table, Collection<Row> rows) {
    Map<List<Long>, Object[]> known = tables.computeIfAbsent(table.name(), name -> new HashMap<>());
    int keys = table.keyColumns().size();
    for (Row row : rows) {
      List<Long> key = new ArrayList<>();
      for (int i = 0; i < keys; i++) {
        key.add((Long) row.value(i));
      }
      Object[] values = known.computeIfAbsent(key, k -> unknown(table));
      for (Column column : table.columns()) {
        int at = column.index();
        values[at] = merged(column.merge(), values[at], row.value(at));
      }
    }
  }

  private static Object[] unknown(Table table) {
    return table.columns().stream().map(Column::unknown).toArray();
  }

  private static Object merged(Merge merge, Object known, Object fresh) {
    return switch (merge) {
      case KEY -> fresh;
      case MAX -> Math.max((Long) known, (Long) fresh);
      case MIN -> Math.min((Long) known, (Long) fresh);
      case TEXT -> ((String) fresh).isEmpty() ? known : fresh;
    };
  }

  @Override
  public void check() throws ExportFailedException {
    if (isLost) {
      throw new TargetLostException("the simulated database is gone");
    }
  }

  @Override
  public void discard() {
    tables.clear();
    exists = false;
    isLost = false;
  }

  @Override
  public void close() {
    pending.clear();
  }
}
