// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.engine.journal.JournalReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A target in memory that fails when told to, before or after it has taken a commit. */
final class ScriptedExporter implements Exporter {

  /** What goes wrong at a commit. */
  enum Fault {
    NONE,
    BEFORE_COMMIT,
    AFTER_COMMIT,
    LOST
  }

  final Deque<Fault> faults = new ArrayDeque<>();
  final List<String> stored = new ArrayList<>();
  boolean isDown;
  boolean isGone;
  int opened;
  int discarded;
  int commits;
  int syncs;

  private final int partitionCount;
  private final List<String> pending = new ArrayList<>();
  private ExportPosition storedPosition;

  ScriptedExporter(int partitionCount) {
    this.partitionCount = partitionCount;
  }

  @Override
  public ExportPosition open(long durableLogPosition) throws ExportFailedException {
    if (isDown) {
      throw new ExportFailedException("the target is down");
    }
    opened++;
    if (storedPosition == null) {
      storedPosition = new ExportPosition(partitionCount, 0, durableLogPosition);
    }
    return copy(storedPosition);
  }

  private ExportPosition copy(ExportPosition from) {
    ExportPosition to =
        new ExportPosition(partitionCount, from.logPosition(), from.completeFromLogPosition());
    for (int partition = 0; partition < partitionCount; partition++) {
      to.restore(partition, from.sequence(partition), from.timeMs(partition));
    }
    return to;
  }

  @Override
  public void add(JournalReader record) {
    // A record without payload stands for one that gives no rows.
    if (record.lengthBytes() > 0) {
      pending.add(record.partition() + ":" + record.sequence());
    }
  }

  @Override
  public int pendingRows() {
    return pending.size();
  }

  @Override
  public void commit(ExportPosition position) throws ExportFailedException {
    Fault fault = faults.isEmpty() ? Fault.NONE : faults.removeFirst();
    if (fault == Fault.BEFORE_COMMIT) {
      throw new ExportFailedException("the commit failed");
    }
    if (fault == Fault.LOST) {
      throw new TargetLostException("the target is damaged");
    }
    commits++;
    pending.stream().filter(row -> !stored.contains(row)).forEach(stored::add);
    pending.clear();
    storedPosition = copy(position);
    if (fault == Fault.AFTER_COMMIT) {
      throw new ExportFailedException("the answer to the commit was lost");
    }
  }

  @Override
  public void sync() {
    syncs++;
  }

  @Override
  public void check() throws ExportFailedException {
    if (isGone) {
      throw new TargetLostException("the target has disappeared");
    }
  }

  @Override
  public void discard() {
    discarded++;
    isGone = false;
    stored.clear();
    storedPosition = null;
  }

  @Override
  public void close() {
    pending.clear();
  }
}
