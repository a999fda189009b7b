// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one file of a {@link FaultyDisk}: as programs see them and as a crash leaves them.
 *
 * <p>Kept in pages; a page that was never written holds zeros and costs nothing. Sorted
 * collections, so that the same seed always meets the pages in the same order.
 */
final class FaultyContent {

  static final int PAGE_BYTES = 4096;

  private static final int COPIED_ONE_IN = 8;
  private static final int FIRST_WRITES = 3;
  private static final int NOT_NAMED = -1;
  private static final byte[] NOTHING = new byte[PAGE_BYTES];

  private final Map<Long, byte[]> seen = new TreeMap<>();
  private final Map<Long, byte[]> durable = new TreeMap<>();
  private final TreeSet<Long> dirty = new TreeSet<>();
  // Pages that were ever forced: their zeros may stand for something, such as a frame's end.
  private final Set<Long> forced = new HashSet<>();
  private int writesSinceNamed = NOT_NAMED;
  private long sizeBytes;
  private long durableSizeBytes;

  long sizeBytes() {
    return sizeBytes;
  }

  void grow(long bytes) {
    sizeBytes = Math.max(sizeBytes, bytes);
  }

  /** The file has got its name; what is written from now on is what it is for. */
  void named() {
    writesSinceNamed = 0;
  }

  /** Whether one of the first writes since then is not forced yet. */
  boolean isYoung() {
    return writesSinceNamed > 0 && writesSinceNamed <= FIRST_WRITES && !dirty.isEmpty();
  }

  void write(long offset, ByteBuffer source) {
    if (writesSinceNamed != NOT_NAMED) {
      writesSinceNamed++;
    }
    long at = offset;
    while (source.hasRemaining()) {
      long page = at / PAGE_BYTES;
      int inPage = (int) (at % PAGE_BYTES);
      int count = Math.min(source.remaining(), PAGE_BYTES - inPage);
      source.get(pageForWriting(page), inPage, count);
      dirty.add(page);
      at += count;
    }
    grow(at);
  }

  @SuppressWarnings("ReferenceEquality") // Asks whether it is the same page, not an equal one.
  private byte[] pageForWriting(long page) {
    byte[] bytes = seen.get(page);
    if (bytes == null) {
      bytes = new byte[PAGE_BYTES];
      seen.put(page, bytes);
    } else if (bytes == durable.get(page)) {
      // The two views share a page until one of them changes.
      bytes = bytes.clone();
      seen.put(page, bytes);
    }
    return bytes;
  }

  int read(long offset, ByteBuffer target) {
    int total = 0;
    while (target.hasRemaining() && offset + total < sizeBytes) {
      long at = offset + total;
      int inPage = (int) (at % PAGE_BYTES);
      long left = Math.min(PAGE_BYTES - inPage, sizeBytes - at);
      int count = (int) Math.min(target.remaining(), left);
      target.put(orZeros(seen.get(at / PAGE_BYTES)), inPage, count);
      total += count;
    }
    return total;
  }

  private static byte[] orZeros(byte @Nullable [] page) {
    return page == null ? new byte[PAGE_BYTES] : page;
  }

  void force() {
    for (long page : dirty) {
      durable.put(page, orZeros(seen.get(page)));
      forced.add(page);
    }
    dirty.clear();
    durableSizeBytes = sizeBytes;
  }

  /** Some pages reach the disk, the others never will, although they can still be read. */
  void forceAndFail(RandomGenerator chance) {
    for (long page : dirty) {
      if (chance.nextBoolean()) {
        durable.put(page, orZeros(seen.get(page)));
      }
    }
    dirty.clear();
    if (chance.nextBoolean()) {
      durableSizeBytes = sizeBytes;
    }
  }

  /** Each page that was not forced is old, new, or new up to some byte. */
  void crash(RandomGenerator chance, CrashScars scars) {
    boolean isBeforeLost = false;
    for (long page : dirty) {
      byte[] fresh = orZeros(seen.get(page));
      int newBytes =
          switch (chance.nextInt(3)) {
            case 0 -> 0;
            case 1 -> PAGE_BYTES;
            default -> chance.nextInt(PAGE_BYTES + 1);
          };
      if (newBytes == PAGE_BYTES && isBeforeLost) {
        scars.count(CrashScars.Kind.PAGES_OUT_OF_ORDER);
      } else if (newBytes > 0 && newBytes < PAGE_BYTES) {
        scars.count(CrashScars.Kind.TORN_PAGE);
      }
      isBeforeLost |= newBytes == 0;
      byte[] old = orZeros(durable.get(page));
      byte[] mixed = (forced.contains(page) ? old : scars.beneath(old, chance)).clone();
      System.arraycopy(fresh, 0, mixed, 0, newBytes);
      durable.put(page, mixed);
    }
    dirty.clear();
    if (chance.nextBoolean()) {
      durableSizeBytes = sizeBytes;
    }
    sizeBytes = durableSizeBytes;
    durable.keySet().removeIf(page -> page * PAGE_BYTES >= sizeBytes);
    seen.clear();
    seen.putAll(durable);
  }

  void flipBit(long offset, int bit) {
    byte[] bytes = orZeros(seen.get(offset / PAGE_BYTES)).clone();
    bytes[(int) (offset % PAGE_BYTES)] ^= (byte) (1 << bit);
    seen.put(offset / PAGE_BYTES, bytes);
    durable.put(offset / PAGE_BYTES, bytes);
  }

  /** The file is deleted, its pages are free for others. */
  void discard(CrashScars scars) {
    durable.values().forEach(scars::discard);
  }

  /** File systems move pages: of some that stand here an old copy lies where nothing is kept. */
  void leaveCopies(RandomGenerator chance, CrashScars scars) {
    for (byte[] page : durable.values()) {
      if (chance.nextInt(COPIED_ONE_IN) == 0 && !Arrays.equals(page, NOTHING)) {
        scars.discard(page);
      }
    }
  }

  /** The same bytes, all of them durable. */
  FaultyContent copy() {
    FaultyContent copy = new FaultyContent();
    seen.forEach((page, bytes) -> copy.seen.put(page, bytes.clone()));
    copy.durable.putAll(copy.seen);
    copy.sizeBytes = sizeBytes;
    copy.durableSizeBytes = sizeBytes;
    copy.forced.addAll(forced);
    return copy;
  }
}
