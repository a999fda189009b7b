// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.disk.FaultyDisk.Operation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A crash takes what was not forced, and nothing else. */
class FaultyDiskCrashTest {

  private static ByteBuffer filled(int count, int value) {
    byte[] bytes = new byte[count];
    java.util.Arrays.fill(bytes, (byte) value);
    return ByteBuffer.wrap(bytes);
  }

  private static byte[] content(FaultyDisk disk, String name, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count);
    disk.openForRead(name).read(0, target);
    return target.array();
  }

  @Test
  void keepsWhatWasForced() throws IOException {
    for (int seed = 0; seed < 20; seed++) {
      FaultyDisk disk = new FaultyDisk(seed);
      DiskFile file = disk.create("d/file", 10_000);
      file.write(0, filled(10_000, 1));
      file.force();
      disk.forceDirectory("d");

      disk.crash();

      for (byte each : content(disk, "d/file", 10_000)) {
        assertEquals(1, each);
      }
      assertThrows(IOException.class, file::force);
    }
  }

  @Test
  void losesTearsOrKeepsPagesInAnyOrder() throws IOException {
    Set<String> outcomes = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      FaultyDisk disk = new FaultyDisk(seed);
      DiskFile file = disk.create("d/file", 8192);
      file.force();
      disk.forceDirectory("d");
      file.write(0, filled(8192, 1));

      disk.crash();

      byte[] bytes = content(disk, "d/file", 8192);
      outcomes.add(kind(bytes, 0) + kind(bytes, 4096));
    }
    assertEquals(9, outcomes.size(), outcomes.toString());
  }

  private static String kind(byte[] bytes, int from) {
    int sum = 0;
    for (int i = from; i < from + 4096; i++) {
      sum += bytes[i];
    }
    return sum == 0 ? "old " : sum == 4096 ? "new " : "torn ";
  }

  @Test
  void mayLoseNamesThatWereNotForced() throws IOException {
    Set<Boolean> outcomes = new HashSet<>();
    for (int seed = 0; seed < 50; seed++) {
      FaultyDisk disk = new FaultyDisk(seed);
      disk.create("d/old", 1).force();
      disk.forceDirectory("d");
      disk.rename("d/old", "d/new");

      disk.crash();

      outcomes.add(disk.exists("d/new"));
      assertEquals(!disk.exists("d/new"), disk.exists("d/old"));
    }
    assertEquals(2, outcomes.size());
  }

  @Test
  void noForceSavesWhatAFailedForceLost() throws IOException {
    boolean lost = false;
    for (int seed = 0; seed < 50; seed++) {
      FaultyDisk disk = new FaultyDisk(seed);
      DiskFile file = disk.create("d/file", 4096);
      file.force();
      disk.forceDirectory("d");
      file.write(0, filled(4096, 1));
      disk.fail(Operation.FORCE, 0);
      assertThrows(IOException.class, file::force);
      assertEquals(1, content(disk, "d/file", 1)[0]);
      file.force();

      disk.crash();

      lost |= content(disk, "d/file", 1)[0] == 0;
    }
    assertTrue(lost);
  }

  @Test
  void hasNoPowerFromTheChosenStepOn() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    disk.crashAfter(1);
    DiskFile file = disk.create("d/file", 1);

    assertThrows(DiskCrashedException.class, file::force);
    assertThrows(DiskCrashedException.class, () -> disk.list("d"));
    assertTrue(disk.hasCrashed());

    disk.crash();
    disk.create("d/other", 1).force();
    assertEquals(3 + 1, disk.operations());
  }

  @Test
  void givesTheSameResultForTheSameSeed() throws IOException {
    byte[][] results = new byte[2][];
    for (int i = 0; i < 2; i++) {
      FaultyDisk disk = new FaultyDisk(77);
      DiskFile file = disk.create("d/file", 1 << 16);
      file.force();
      disk.forceDirectory("d");
      file.write(100, filled(60_000, 3));
      disk.crash();
      results[i] = content(disk, "d/file", 1 << 16);
    }
    assertEquals(-1, java.util.Arrays.mismatch(results[0], results[1]));
  }

  @Test
  void isFullAtItsLimit() throws IOException {
    FaultyDisk disk = new FaultyDisk(1);
    disk.limitBytes(10_000);
    DiskFile file = disk.create("d/file", 9_000);

    assertThrows(IOException.class, () -> disk.create("d/other", 2_000));
    assertThrows(IOException.class, () -> file.write(9_000, filled(1_001, 1)));
    file.write(9_000, filled(1_000, 1));
  }
}
