// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import io.hongbao.model.Check;
import io.hongbao.provider.MalformedFieldsException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * The bank's history in one append-only file.
 *
 * <p>Each flush writes one line: the CRC-32C of the rest in eight hex digits, a space, a JSON array
 * of entries, a newline. Since only one flush is under way, a crash can leave only the last line
 * broken; it is cut off. A broken line before the last was durable once and stops the start.
 *
 * <p><b>Thread:</b> one at a time.
 *
 * <p><b>Durability:</b> entries are safe once {@link #flush} has returned.
 *
 * <p><b>Failure:</b> after an {@link IOException} of {@link #flush} the book must not be used.
 */
final class BankBook implements AutoCloseable {

  static final String FILE = "book.jsonl";
  private static final String DRAFT = "book.draft";

  private static final int HEADER_BYTES = 9;
  private static final int READ_BYTES = 64 * 1024;

  /** A flush holds one batch: 256 pieces of work, 2 entries each at most, of at most 3 KB each. */
  private static final int LINE_BYTES_MAX = 4 * 1024 * 1024;

  private final DiskFile file;
  private JsonArray unwritten = new JsonArray();
  private long endOffset;

  private BankBook(DiskFile file, long endOffset) {
    this.file = file;
    this.endOffset = endOffset;
  }

  /** Opens the book, new or old, and hands every entry of it to {@code replay} in order. */
  static BankBook open(Disk disk, String directory, Consumer<BankEntry> replay) throws IOException {
    disk.forceDirectory(directory);
    String name = directory + "/" + FILE;
    String draft = directory + "/" + DRAFT;
    if (disk.exists(draft)) {
      disk.delete(draft);
    }
    if (!disk.exists(name)) {
      DiskFile fresh = disk.create(name, 0);
      fresh.force();
      disk.forceDirectory(directory);
      return new BankBook(fresh, 0);
    }

    DiskFile file = disk.open(name);
    long goodBytes = replay(file, replay);
    if (goodBytes == file.sizeBytes()) {
      // A line that was written but not forced before the crash is believed from now on.
      file.force();
      return new BankBook(file, goodBytes);
    }

    // What follows the good part could be longer than the next line and would then show behind it,
    // so the good part moves: 1. it is durable in the draft, 2. the draft takes the book's name,
    // 3. the name is durable, 4. only then is anything appended.
    DiskFile whole = disk.create(draft, 0);
    copy(file, whole, goodBytes);
    whole.force();
    whole.close();
    file.close();
    disk.rename(draft, name);
    disk.forceDirectory(directory);
    return new BankBook(disk.open(name), goodBytes);
  }

  void add(BankEntry entry) {
    unwritten.add(BankEntryCodec.encode(entry));
  }

  /** Makes everything added so far durable; costs nothing when there is nothing. */
  void flush() throws IOException {
    if (unwritten.isEmpty()) {
      return;
    }
    byte[] json = unwritten.encode().getBytes(StandardCharsets.UTF_8);
    Check.atMost(json.length, LINE_BYTES_MAX, "line of the bank's book");
    ByteBuffer line = ByteBuffer.allocate(HEADER_BYTES + json.length + 1);
    line.put(header(json, 0, json.length)).put(json).put((byte) '\n').flip();
    int lengthBytes = line.remaining();
    file.write(endOffset, line);
    file.force();
    endOffset += lengthBytes;
    unwritten = new JsonArray();
  }

  @Override
  public void close() throws IOException {
    flush();
    file.close();
  }

  /** Returns how many bytes from the start are whole lines. */
  private static long replay(DiskFile file, Consumer<BankEntry> replay) throws IOException {
    long sizeBytes = file.sizeBytes();
    long lineOffset = 0;
    byte[] line = new byte[0];
    ByteBuffer chunk = ByteBuffer.allocate(READ_BYTES);
    long readOffset = 0;
    while (readOffset < sizeBytes) {
      chunk.clear();
      int count = file.read(readOffset, chunk);
      if (count <= 0) {
        break;
      }
      readOffset += count;
      int from = 0;
      for (int at = 0; at < count; at++) {
        if (chunk.array()[at] == '\n') {
          line = joined(line, chunk.array(), from, at);
          long nextOffset = lineOffset + line.length + 1;
          if (!replayLine(line, replay)) {
            return torn(file, lineOffset, nextOffset == sizeBytes);
          }
          lineOffset = nextOffset;
          line = new byte[0];
          from = at + 1;
        }
      }
      line = joined(line, chunk.array(), from, count);
      if (line.length > HEADER_BYTES + LINE_BYTES_MAX) {
        return torn(file, lineOffset, false);
      }
    }
    return lineOffset;
  }

  private static long torn(DiskFile file, long lineOffset, boolean isLast) throws IOException {
    if (!isLast) {
      throw new IOException(
          "the bank's book is damaged: " + file.name() + " at offset " + lineOffset);
    }
    return lineOffset;
  }

  private static boolean replayLine(byte[] line, Consumer<BankEntry> replay) throws IOException {
    int length = line.length - HEADER_BYTES;
    if (length < 0
        || !Arrays.equals(header(line, HEADER_BYTES, length), Arrays.copyOf(line, HEADER_BYTES))) {
      return false;
    }
    try {
      byte[] json = Arrays.copyOfRange(line, HEADER_BYTES, line.length);
      for (Object entry : new JsonArray(Buffer.buffer(json))) {
        replay.accept(BankEntryCodec.decode((JsonObject) entry));
      }
      return true;
    } catch (MalformedFieldsException | DecodeException | ClassCastException unknown) {
      // The sum is right, so somebody wrote just this: a newer version, or not we at all.
      throw new IOException("the bank's book has an entry that this version cannot read", unknown);
    }
  }

  private static byte[] header(byte[] bytes, int offset, int length) {
    var sum = new CRC32C();
    sum.update(bytes, offset, length);
    String text = String.format(Locale.ROOT, "%08x ", sum.getValue());
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] joined(byte[] head, byte[] source, int from, int to) {
    byte[] whole = Arrays.copyOf(head, head.length + to - from);
    System.arraycopy(source, from, whole, head.length, to - from);
    return whole;
  }

  private static void copy(DiskFile from, DiskFile to, long lengthBytes) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(READ_BYTES);
    for (long offset = 0; offset < lengthBytes; ) {
      chunk.clear().limit((int) Math.min(READ_BYTES, lengthBytes - offset));
      if (from.read(offset, chunk) <= 0) {
        throw new IOException("the bank's book ends while it is copied: " + from.name());
      }
      chunk.flip();
      int count = chunk.remaining();
      to.write(offset, chunk);
      offset += count;
    }
  }
}
