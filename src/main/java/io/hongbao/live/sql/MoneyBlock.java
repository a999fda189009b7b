// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.MoneyEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Money events of one room, one behind the other as bytes: the value of a row.
 *
 * <p>Each is seven 64-bit words (sequence, time, packet, user, amount, position, partition and
 * index), then its type and its JSON, both with a 16-bit or 32-bit length before them.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class MoneyBlock {

  private static final int ENTRIES_MAX = 256;
  private static final int BYTES_MAX = 60_000;

  /** Of a new buffer: in most rooms little happens. */
  static final int BYTES_SMALL = 512;

  /** Of a buffer that another block may have after this one. */
  static final int BYTES_KEPT_MAX = 256 * 1024;

  private static final int FIXED_BYTES = 7 * Long.BYTES + Short.BYTES + Integer.BYTES;

  private ByteBuffer bytes;
  private int count;
  private long lastSequence;
  private long firstMs;
  private long lastMs;

  /**
   * An empty one.
   *
   * @param buffer whatever stands in it is written over
   */
  MoneyBlock(ByteBuffer buffer) {
    this.bytes = buffer.clear();
  }

  /** Its buffer, for another block; this one is not used any more. */
  ByteBuffer buffer() {
    return bytes;
  }

  void add(LogEntry logged, MoneyEvent event) {
    if (count++ == 0) {
      firstMs = logged.atMs();
    }
    lastMs = logged.atMs();
    lastSequence = logged.sequence();
    byte[] type = event.type().getBytes(StandardCharsets.ISO_8859_1);
    byte[] json = event.json();
    reserve(FIXED_BYTES + type.length + json.length);
    bytes.putLong(logged.sequence()).putLong(logged.atMs());
    bytes.putLong(event.packetId()).putLong(event.userId()).putLong(event.amountMinor());
    bytes.putLong(event.position()).putInt(event.partition()).putInt(event.index());
    bytes.putShort((short) type.length).put(type).putInt(json.length).put(json);
  }

  private void reserve(int more) {
    if (bytes.remaining() < more) {
      int wanted = Math.max(2 * bytes.capacity(), bytes.position() + more);
      bytes = ByteBuffer.allocate(wanted).put(bytes.flip());
    }
  }

  boolean isFull() {
    return count >= ENTRIES_MAX || bytes.position() >= BYTES_MAX;
  }

  long lastSequence() {
    return lastSequence;
  }

  long firstMs() {
    return firstMs;
  }

  long lastMs() {
    return lastMs;
  }

  byte[] toBytes() {
    byte[] exact = new byte[bytes.position()];
    bytes.get(0, exact);
    return exact;
  }

  /** What stands in a row, in the order in which it was added. */
  static List<LogEntry> read(long epoch, byte[] value) {
    List<LogEntry> found = new ArrayList<>();
    ByteBuffer from = ByteBuffer.wrap(value);
    while (from.hasRemaining()) {
      long sequence = from.getLong();
      long atMs = from.getLong();
      long packetId = from.getLong();
      long userId = from.getLong();
      long amountMinor = from.getLong();
      long position = from.getLong();
      int partition = from.getInt();
      int index = from.getInt();
      String type = new String(next(from, from.getShort()), StandardCharsets.ISO_8859_1);
      byte[] json = next(from, from.getInt());
      found.add(
          new LogEntry(
              epoch,
              sequence,
              atMs,
              new MoneyEvent(
                  type, partition, position, index, packetId, userId, amountMinor, json)));
    }
    return found;
  }

  private static byte[] next(ByteBuffer from, int length) {
    byte[] value = new byte[length];
    from.get(value);
    return value;
  }
}
