// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** A journal without threads over a disk and a clock that a test steps by hand. */
final class JournalBench implements JournalListener {

  static final UUID DIRECTORY_ID = new UUID(0x1234_5678_9abc_def0L, 0x0fed_cba9_8765_4321L);
  static final int PARTITIONS = 4;

  /** Three pages of frames in a segment, so that tests roll often. */
  static final JournalSettings SMALL =
      JournalSettings.standard(DIRECTORY_ID, PARTITIONS, 2)
          .withSegmentBytes(4 * 4096, 4096)
          .withLaneBytesMax(8192);

  /** One record as a reader saw it. */
  record Seen(int partition, long sequence, long timeMs, String text) {}

  final Disk disk;
  final JournalSettings settings;
  final long[] appended;
  final List<Integer> woken = new ArrayList<>();
  @Nullable Throwable failure;
  int failures;
  long nowNs = 1_000_000_000L;
  LocalJournal journal;

  JournalBench(Disk disk, JournalSettings settings) throws IOException {
    this.disk = disk;
    this.settings = settings;
    this.journal = LocalJournal.open(disk, settings, () -> nowNs, this);
    this.appended = new long[settings.partitionCount()];
    for (int i = 0; i < appended.length; i++) {
      appended[i] = journal.durableSequence(i);
    }
  }

  @Override
  public void onDurable(int lane) {
    woken.add(lane);
  }

  @Override
  public void onFailure(Throwable cause) {
    failure = cause;
    failures++;
  }

  /** Appends the partition's next record; even partitions on lane 0, odd ones on lane 1. */
  long append(int partition, String text) {
    UnsafeBuffer payload = new UnsafeBuffer(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    long sequence = ++appended[partition];
    journal
        .appender(partition % settings.laneCount())
        .append(partition, sequence, 1000 + sequence, payload, 0, payload.capacity());
    return sequence;
  }

  boolean hasRoom(int partition, int bytes) {
    return journal.appender(partition % settings.laneCount()).hasRoom(bytes, false);
  }

  /** Lets the writer work until it waits for something. */
  void flush() {
    while (journal.step() == 0) {
      continue;
    }
  }

  void mark() {
    flush();
    nowNs += settings.markAfterNs();
    flush();
  }

  List<Seen> readFrom(long position) throws IOException {
    try (JournalReader reader = journal.readFrom(position)) {
      return drain(reader);
    }
  }

  static List<Seen> drain(JournalReader reader) throws IOException {
    List<Seen> seen = new ArrayList<>();
    while (reader.next()) {
      seen.add(seen(reader));
    }
    return seen;
  }

  static Seen seen(JournalReader reader) {
    byte[] bytes = new byte[reader.lengthBytes()];
    reader.buffer().getBytes(reader.offset(), bytes);
    String text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    return new Seen(reader.partition(), reader.sequence(), reader.timeMs(), text);
  }

  static Seen record(int partition, long sequence, String text) {
    return new Seen(partition, sequence, 1000 + sequence, text);
  }
}
