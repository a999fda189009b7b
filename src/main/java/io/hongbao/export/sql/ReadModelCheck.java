// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.ExportFailedException;
import io.hongbao.export.ExportPosition;
import io.hongbao.export.FamilyExports;
import io.hongbao.export.Table;
import io.hongbao.export.TargetLostException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Holds a stored read model against the journal: builds another one from the records, up to the
 * stored one's position, and compares them table by table.
 *
 * <p><b>Thread:</b> the command's; blocks it. Nothing may write the stored model meanwhile.
 *
 * <p><b>Failure:</b> a model that is missing, damaged or another's is not a difference, since the
 * next start rebuilds it: it is a fact. A row that differs is one.
 *
 * <p><b>Limit:</b> the second model needs room where its target lives; one in memory takes about as
 * much heap as the stored file is large.
 */
public final class ReadModelCheck {

  /** Rows that the second model takes at a time. */
  private static final int BATCH_ROWS = 5_000;

  private final UUID directoryId;
  private final int partitionCount;
  private final List<FamilyExports> families;
  private final List<String> facts = new ArrayList<>();
  private final List<String> differences = new ArrayList<>();

  public ReadModelCheck(UUID directoryId, int partitionCount, List<FamilyExports> families) {
    this.directoryId = directoryId;
    this.partitionCount = partitionCount;
    this.families = List.copyOf(families);
  }

  /** What was looked at. */
  public List<String> facts() {
    return List.copyOf(facts);
  }

  /** What differs, one sentence per table. */
  public List<String> differences() {
    return List.copyOf(differences);
  }

  /**
   * Compares; the answer is in {@link #facts} and {@link #differences}.
   *
   * @param stored opened here for reading; best by {@link H2Target#fileForReading}
   * @param scratch empty, opened and closed here
   * @param records from the journal's first record on
   */
  public void run(SqlTarget stored, SqlTarget scratch, JournalReader records) throws IOException {
    try {
      stored.open();
      SqlExporter rebuilt = new SqlExporter(scratch, directoryId, partitionCount, families);
      ExportPosition position =
          new StoredPosition(stored.dialect(), directoryId, partitionCount, rebuilt.tables())
              .read(stored.writer());
      if (position == null) {
        facts.add("read model: none yet; the next start builds it");
        return;
      }
      rebuild(rebuilt, records, position);
      compare(rebuilt.tables(), stored, scratch, position);
    } catch (TargetLostException e) {
      facts.add("read model: " + e.getMessage() + "; the next start rebuilds it");
    } catch (ExportFailedException e) {
      differences.add("the read model cannot be compared: " + e.getMessage());
    } finally {
      scratch.close();
      stored.close();
    }
  }

  private void rebuild(SqlExporter rebuilt, JournalReader records, ExportPosition upTo)
      throws ExportFailedException, IOException {
    ExportPosition at = rebuilt.open(0);
    while (records.next() && records.nextLogPosition() <= upTo.logPosition()) {
      rebuilt.add(records);
      at.passed(
          records.partition(), records.sequence(), records.timeMs(), records.nextLogPosition());
      if (rebuilt.pendingRows() >= BATCH_ROWS) {
        rebuilt.commit(at);
      }
    }
    rebuilt.commit(at);
    for (int partition = 0; partition < partitionCount; partition++) {
      if (at.sequence(partition) != upTo.sequence(partition)) {
        differences.add(
            "the read model has partition "
                + partition
                + " at sequence "
                + upTo.sequence(partition)
                + ", the journal at "
                + at.sequence(partition));
      }
    }
  }

  private void compare(
      List<Table> tables, SqlTarget stored, SqlTarget scratch, ExportPosition position)
      throws ExportFailedException {
    long rows = 0;
    for (Table table : tables) {
      TableWalk ours = new TableWalk(stored, table);
      TableWalk expected = new TableWalk(scratch, table);
      @Nullable String first = firstDifference(ours, expected);
      ours.walkToEnd();
      expected.walkToEnd();
      rows += ours.count();
      if (first != null || ours.hash() != expected.hash()) {
        differences.add(
            "read model, table %s: %d rows with hash %016x, by the journal %d with %016x; %s"
                .formatted(
                    table,
                    ours.count(),
                    ours.hash(),
                    expected.count(),
                    expected.hash(),
                    first == null ? "the same keys" : first));
      }
    }
    facts.add(
        "read model: %d rows in %d tables at log position %d"
            .formatted(rows, tables.size(), position.logPosition()));
  }

  private static @Nullable String firstDifference(TableWalk ours, TableWalk expected)
      throws ExportFailedException {
    while (true) {
      List<Object> row = ours.next();
      List<Object> other = expected.next();
      if (row == null && other == null) {
        return null;
      }
      if (row == null || other == null || !row.equals(other)) {
        return "first difference: " + row + " is " + other + " by the journal";
      }
    }
  }
}
