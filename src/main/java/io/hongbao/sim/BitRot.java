// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.disk.FaultyDisk;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Flips one bit of something that was durable, while the server is down: a start must refuse it, or
 * come up as if nothing had happened; then the bit is flipped back.
 */
final class BitRot {

  /** A start that is thrown away again. */
  interface Start {
    boolean comesUp() throws IOException;
  }

  // A segment's name begins with the log position of its first byte.
  private static final Pattern NAME = Pattern.compile("journal/(\\d{20})-\\d+\\.hbj");

  private final FaultyDisk disk;
  private final SplittableRandom chance;
  private final Marks marks;

  BitRot(FaultyDisk disk, SplittableRandom chance, Marks marks) {
    this.disk = disk;
    this.chance = chance;
    this.marks = marks;
  }

  void play(long safeLogPosition, Start start) throws IOException {
    List<String> segments = disk.list("journal");
    if (segments.isEmpty()) {
      return;
    }
    String name = segments.get(chance.nextInt(segments.size()));
    Matcher matcher = NAME.matcher(name);
    if (!matcher.matches()) {
      return;
    }
    long safeBytes = safeLogPosition - Long.parseLong(matcher.group(1));
    long rangeBytes = Math.min(disk.sizeBytes(name), safeBytes);
    if (rangeBytes <= 0) {
      return;
    }
    FaultyDisk sound = disk.copy();
    disk.flipBit(name, chance.nextLong(rangeBytes), chance.nextInt(8));
    marks.count(start.comesUp() ? Fault.BIT_ROT_HARMLESS : Fault.BIT_ROT_FOUND);
    disk.becomes(sound);
  }
}
