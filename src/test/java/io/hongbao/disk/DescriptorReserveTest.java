// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class DescriptorReserveTest {

  /** A system with so many descriptors and no more. */
  private int free = 10;

  private Closeable open() throws IOException {
    if (free == 0) {
      throw new FileSystemException("file", null, "Too many open files");
    }
    free--;
    return () -> free++;
  }

  @Test
  void opensAFileAfterSocketsTookEverything() throws IOException {
    DescriptorReserve reserve = new DescriptorReserve(4, this::open);
    assertEquals(6, free);
    free = 0;

    Closeable file = reserve.open(this::open);

    assertEquals(3, reserve.spareCount());
    file.close();
    reserve.rearm();
    assertEquals(4, reserve.spareCount());
    assertEquals(0, free);
  }

  @Test
  void triesAgainWhenASocketSnatchesTheSpare() throws IOException {
    DescriptorReserve reserve = new DescriptorReserve(4, this::open);
    free = 0;
    int[] snatches = {2};

    Closeable file =
        reserve.open(
            () -> {
              if (free > 0 && snatches[0]-- > 0) {
                free--;
              }
              return open();
            });

    assertEquals(1, reserve.spareCount());
    file.close();
  }

  @Test
  void givesUpWhenTheReserveIsUsedUp() throws IOException {
    DescriptorReserve reserve = new DescriptorReserve(2, this::open);
    free = 0;
    reserve.open(this::open);
    reserve.open(this::open);

    assertThrows(FileSystemException.class, () -> reserve.open(this::open));
  }

  @Test
  void sparesAreNotWastedOnOtherReasons() {
    DescriptorReserve reserve = new DescriptorReserve(4, this::open);
    free = 0;

    assertThrows(
        NoSuchFileException.class,
        () ->
            reserve.open(
                () -> {
                  throw new NoSuchFileException("gone");
                }));

    assertEquals(4, reserve.spareCount());
  }
}
