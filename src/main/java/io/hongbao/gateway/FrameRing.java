// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The newest frames of a lane, for those who have not got them yet.
 *
 * <p>Frames have numbers; a reader is a number. What nobody waits for is let go of at once.
 *
 * <p><b>Thread:</b> the loop's.
 *
 * <p><b>Limit:</b> bytes; the newest frame stays in any case.
 */
final class FrameRing {

  private static final int PLACES_MIN = 4;

  private final int bytesMax;
  private @Nullable Frame[] places = new Frame[PLACES_MIN];
  private long first;
  private long next;
  private long sizeBytes;

  FrameRing(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Number of the oldest frame that is there; {@link #next} when none is. */
  long first() {
    return first;
  }

  /** Number of the frame that will come. */
  long next() {
    return next;
  }

  boolean isEmpty() {
    return first == next;
  }

  Frame get(long number) {
    Frame frame = places[(int) number & (places.length - 1)];
    if (frame == null || number < first || number >= next) {
      throw new IllegalStateException("no frame " + number);
    }
    return frame;
  }

  void add(Frame frame) {
    if (next - first == places.length) {
      grow();
    }
    places[(int) next & (places.length - 1)] = frame;
    next++;
    sizeBytes += frame.sizeBytes();
    while (sizeBytes > bytesMax && next - first > 1) {
      drop();
    }
  }

  /** Lets go of all. */
  void clear() {
    while (first < next) {
      drop();
    }
  }

  /** Lets go of all, and leaves a hole: who had not got everything is behind from now on. */
  void skip() {
    clear();
    next++;
    first = next;
  }

  private void drop() {
    int place = (int) first & (places.length - 1);
    Frame frame = places[place];
    places[place] = null;
    first++;
    if (frame != null) {
      sizeBytes -= frame.sizeBytes();
      frame.bytes().release();
    }
  }

  private void grow() {
    @Nullable Frame[] old = places;
    places = Arrays.copyOf(new Frame[0], 2 * old.length);
    for (long number = first; number < next; number++) {
      places[(int) number & (places.length - 1)] = old[(int) number & (old.length - 1)];
    }
  }
}
