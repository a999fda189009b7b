// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayDeque;

/**
 * Keeps some file descriptors back for the files that must be opened even when sockets took the
 * rest.
 *
 * <p>When an opening fails, one spare after the other is given up for another attempt; whenever a
 * file is closed the spares are taken again.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Limit:</b> the number of spares; sockets that are waiting may snatch a freed one, which is
 * why there are several.
 */
final class DescriptorReserve implements AutoCloseable {

  /** Opens something that costs one descriptor. */
  interface Opening<T> {
    T open() throws IOException;
  }

  private final int spareCountMax;
  private final Opening<? extends Closeable> spareOpening;
  private final ArrayDeque<Closeable> spares = new ArrayDeque<>();
  private boolean closed;

  DescriptorReserve(int spareCountMax, Opening<? extends Closeable> spareOpening) {
    this.spareCountMax = spareCountMax;
    this.spareOpening = spareOpening;
    rearm();
  }

  <T> T open(Opening<T> opening) throws IOException {
    while (true) {
      try {
        return opening.open();
      } catch (FileSystemException e) {
        // The text of "too many open files" depends on the system's language; the class does not:
        // reasons like "no such file" have classes of their own, this one has the bare one.
        if (e.getClass() != FileSystemException.class || !giveUpOne()) {
          rearm();
          throw e;
        }
      }
    }
  }

  /** Takes spares until the reserve is full or the system has none left. */
  synchronized void rearm() {
    try {
      while (!closed && spares.size() < spareCountMax) {
        spares.add(spareOpening.open());
      }
    } catch (IOException e) {
      // Nothing free now; the next closed file tries again.
    }
  }

  synchronized int spareCount() {
    return spares.size();
  }

  private synchronized boolean giveUpOne() throws IOException {
    Closeable spare = spares.poll();
    if (spare == null) {
      return false;
    }
    spare.close();
    return true;
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    boolean more = true;
    while (more) {
      more = giveUpOne();
    }
  }
}
