// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry.MoneyEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Money events of one room, one behind the other as bytes: the value of a row.
 *
 * <p>In a storm these are thousands a second, and those of a room resemble each other. So numbers
 * are written as differences to the entry before, in as few bytes as they need. JSON is written as
 * its length and then in turns: how many bytes are as in that of the entry before, how many follow
 * that are not, and these; behind them both go on at their next quote, comma or bracket. That makes
 * some 45 bytes of 170.
 *
 * <p>The first byte is {@value #FORMAT}. A value that begins with 0 is of an earlier version: seven
 * 64-bit words (sequence, time, packet, user, amount, position, partition and index), then type and
 * JSON, with a 16-bit or 32-bit length before them.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class MoneyBlock {

  private static final byte FORMAT = 1;

  private static final int ENTRIES_MAX = 256;
  private static final int BYTES_MAX = 60_000;

  /** Of a new buffer: in most rooms little happens. */
  static final int BYTES_SMALL = 512;

  /** Of a buffer that another block may have after this one. */
  static final int BYTES_KEPT_MAX = 256 * 1024;

  /** Eight numbers and four lengths, none longer than ten bytes. */
  private static final int FIXED_BYTES_MAX = 12 * 10;

  private static final byte[] NOTHING = {};
  private static final LogEntry NO_ENTRY =
      new LogEntry(0, 0, 0, new MoneyEvent("", 0, 0, 0, 0, 0, 0, NOTHING));

  private ByteBuffer bytes;
  private LogEntry last = NO_ENTRY;
  private int count;
  private long firstMs;

  /**
   * An empty one.
   *
   * @param buffer whatever stands in it is written over
   */
  MoneyBlock(ByteBuffer buffer) {
    this.bytes = buffer.clear().put(FORMAT);
  }

  /** Its buffer, for another block; this one is not used any more. */
  ByteBuffer buffer() {
    return bytes;
  }

  void add(LogEntry logged, MoneyEvent event) {
    if (count++ == 0) {
      firstMs = logged.atMs();
    }
    MoneyEvent before = (MoneyEvent) last.entry();
    reserve(FIXED_BYTES_MAX + event.type().length());
    put(logged.sequence() - last.sequence());
    put(logged.atMs() - last.atMs());
    put(event.packetId() - before.packetId());
    put(event.userId() - before.userId());
    put(event.amountMinor());
    put(event.position() - before.position());
    put(event.partition());
    put(event.index());
    boolean isSameType = event.type().equals(before.type());
    byte[] type = isSameType ? NOTHING : event.type().getBytes(StandardCharsets.ISO_8859_1);
    put(type.length);
    bytes.put(type);
    putDifference(event.json(), before.json());
    last = logged;
  }

  private void putDifference(byte[] json, byte[] old) {
    put(json.length);
    int at = 0;
    int oldAt = 0;
    while (at < json.length) {
      int same = Arrays.mismatch(json, at, json.length, old, oldAt, old.length);
      same = same < 0 ? json.length - at : same;
      put(same);
      at += same;
      oldAt += same;
      if (at < json.length) {
        int to = next(json, at);
        int oldTo = next(old, oldAt);
        // Both stand there already, and differ.
        to = to == at && oldTo == oldAt ? at + 1 : to;
        put(to - at);
        reserve(to - at + FIXED_BYTES_MAX);
        bytes.put(json, at, to - at);
        at = to;
        oldAt = oldTo;
      }
    }
  }

  private static byte[] getDifference(ByteBuffer from, byte[] old) {
    byte[] json = new byte[(int) get(from)];
    int at = 0;
    int oldAt = 0;
    while (at < json.length) {
      int same = (int) get(from);
      System.arraycopy(old, oldAt, json, at, same);
      at += same;
      oldAt += same;
      if (at < json.length) {
        int length = (int) get(from);
        from.get(json, at, length);
        at += length;
        oldAt = next(old, oldAt);
      }
    }
    return json;
  }

  // Where the next quote, comma or bracket stands, or the end.
  private static int next(byte[] json, int from) {
    int at = from;
    while (at < json.length && json[at] != '"' && json[at] != ',' && json[at] != '}') {
      at++;
    }
    return at;
  }

  // Seven bits a byte, the lowest first; small negative numbers are short as well.
  private void put(long value) {
    long left = value << 1 ^ value >> 63;
    for (; (left & ~0x7fL) != 0; left >>>= 7) {
      bytes.put((byte) (left | 0x80));
    }
    bytes.put((byte) left);
  }

  private static long get(ByteBuffer from) {
    long value = 0;
    int shift = 0;
    byte part;
    do {
      part = from.get();
      value |= (part & 0x7fL) << shift;
      shift += 7;
    } while (part < 0);
    return value >>> 1 ^ -(value & 1);
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
    return last.sequence();
  }

  long firstMs() {
    return firstMs;
  }

  long lastMs() {
    return last.atMs();
  }

  byte[] toBytes() {
    byte[] exact = new byte[bytes.position()];
    bytes.get(0, exact);
    return exact;
  }

  /** What stands in a row, in the order in which it was added. */
  static List<LogEntry> read(long epoch, byte[] value) {
    ByteBuffer from = ByteBuffer.wrap(value);
    if (!from.hasRemaining() || from.get(0) != FORMAT) {
      return readWords(epoch, from);
    }
    from.get();
    List<LogEntry> found = new ArrayList<>();
    LogEntry last = NO_ENTRY;
    while (from.hasRemaining()) {
      last = next(epoch, from, last, (MoneyEvent) last.entry());
      found.add(last);
    }
    return found;
  }

  private static LogEntry next(long epoch, ByteBuffer from, LogEntry last, MoneyEvent before) {
    long sequence = last.sequence() + get(from);
    long atMs = last.atMs() + get(from);
    long packetId = before.packetId() + get(from);
    long userId = before.userId() + get(from);
    long amountMinor = get(from);
    long position = before.position() + get(from);
    int partition = (int) get(from);
    int index = (int) get(from);
    byte[] type = next(from, (int) get(from));
    byte[] json = getDifference(from, before.json());
    String name = type.length == 0 ? before.type() : new String(type, StandardCharsets.ISO_8859_1);
    return new LogEntry(
        epoch,
        sequence,
        atMs,
        new MoneyEvent(name, partition, position, index, packetId, userId, amountMinor, json));
  }

  // As an earlier version wrote them.
  private static List<LogEntry> readWords(long epoch, ByteBuffer from) {
    List<LogEntry> found = new ArrayList<>();
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
