// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import io.hongbao.model.Check;
import java.nio.charset.StandardCharsets;

/**
 * A QR code (ISO/IEC 18004) of a text: bytes, error correction level M, the smallest version that
 * holds it.
 *
 * <p><b>Thread:</b> any; immutable.
 *
 * <p><b>Limit:</b> {@link #BYTES_MAX} bytes, which is version 9.
 */
public final class QrCode {

  static final int BYTES_MAX = 180;

  private static final int VERSION_MAX = 9;

  /** By version from 1: codewords in all, of correction in each block, and blocks, at level M. */
  private static final int[] CODEWORDS = {26, 44, 70, 100, 134, 172, 196, 242, 292};

  private static final int[] CORRECTION = {10, 16, 26, 18, 24, 16, 18, 22, 22};
  private static final int[] BLOCKS = {1, 1, 1, 2, 2, 4, 4, 4, 5};

  /** Centre of the last alignment pattern; versions from 7 have one more in the middle. */
  private static final int[] ALIGNMENT = {0, 18, 22, 26, 30, 34, 38, 42, 46};

  /** By mask at level M: level and mask with their check bits, masked as the standard says. */
  private static final int[] FORMATS = {
    0x5412, 0x5125, 0x5E7C, 0x5B4B, 0x45F9, 0x40CE, 0x4F97, 0x4AA0
  };

  private static final int POLYNOMIAL = 0x11D;
  private static final int VERSION_POLYNOMIAL = 0x1F25;

  private final int version;
  private final int size;
  private final boolean[][] dark;
  private final boolean[][] fixed;

  private QrCode(int version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.dark = new boolean[size][size];
    this.fixed = new boolean[size][size];
  }

  /** Encodes a text. */
  public static QrCode of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int version = 1;
    while (version <= VERSION_MAX && dataCodewords(version) < bytes.length + 2) {
      version++;
    }
    Check.that(version <= VERSION_MAX, "text too long for a QR code");
    byte[] words = interleaved(data(bytes, version), version);
    QrCode best = null;
    int leastPenalty = Integer.MAX_VALUE;
    for (int mask = 0; mask < FORMATS.length; mask++) {
      QrCode code = new QrCode(version);
      code.drawPatterns(mask);
      code.drawData(words, mask);
      int penalty = code.penalty();
      if (penalty < leastPenalty) {
        leastPenalty = penalty;
        best = code;
      }
    }
    return Check.present(best, "a mask");
  }

  private static int dataCodewords(int version) {
    return CODEWORDS[version - 1] - CORRECTION[version - 1] * BLOCKS[version - 1];
  }

  // Mode 0100, eight bits of length, the bytes, four bits of end, then the two filling bytes.
  private static byte[] data(byte[] bytes, int version) {
    byte[] data = new byte[dataCodewords(version)];
    data[0] = (byte) (0x40 | bytes.length >> 4);
    int carried = bytes.length & 0xF;
    for (int i = 0; i < bytes.length; i++) {
      int one = bytes[i] & 0xFF;
      data[i + 1] = (byte) (carried << 4 | one >> 4);
      carried = one & 0xF;
    }
    data[bytes.length + 1] = (byte) (carried << 4);
    for (int i = bytes.length + 2; i < data.length; i++) {
      data[i] = (byte) ((i - bytes.length) % 2 == 0 ? 0xEC : 0x11);
    }
    return data;
  }

  // Blocks of nearly equal length, each with its own correction, then read column by column.
  private static byte[] interleaved(byte[] data, int version) {
    int blocks = BLOCKS[version - 1];
    int correction = CORRECTION[version - 1];
    int shortLength = data.length / blocks;
    int longOnes = data.length % blocks;
    byte[] all = new byte[CODEWORDS[version - 1]];
    byte[] generator = generator(correction);
    int start = 0;
    for (int block = 0; block < blocks; block++) {
      int length = shortLength + (block >= blocks - longOnes ? 1 : 0);
      byte[] check = remainder(data, start, length, generator);
      for (int i = 0; i < length; i++) {
        int column = i < shortLength ? block : block - (blocks - longOnes);
        all[i * blocks + column] = data[start + i];
      }
      for (int i = 0; i < correction; i++) {
        all[data.length + i * blocks + block] = check[i];
      }
      start += length;
    }
    return all;
  }

  private static byte[] generator(int degree) {
    byte[] product = new byte[degree];
    product[degree - 1] = 1;
    int root = 1;
    for (int i = 0; i < degree; i++) {
      for (int j = 0; j < degree; j++) {
        product[j] = (byte) times(product[j] & 0xFF, root);
        if (j + 1 < degree) {
          product[j] ^= product[j + 1];
        }
      }
      root = times(root, 2);
    }
    return product;
  }

  private static byte[] remainder(byte[] data, int start, int length, byte[] generator) {
    byte[] rest = new byte[generator.length];
    for (int i = start; i < start + length; i++) {
      int factor = (data[i] ^ rest[0]) & 0xFF;
      System.arraycopy(rest, 1, rest, 0, rest.length - 1);
      rest[rest.length - 1] = 0;
      for (int j = 0; j < rest.length; j++) {
        rest[j] ^= (byte) times(generator[j] & 0xFF, factor);
      }
    }
    return rest;
  }

  /** Product in the field of 256 elements. */
  private static int times(int a, int b) {
    int product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product = product << 1 ^ (product >>> 7) * POLYNOMIAL;
      product ^= (b >>> bit & 1) * a;
    }
    return product & 0xFF;
  }

  private void set(int x, int y, boolean isDark) {
    dark[y][x] = isDark;
    fixed[y][x] = true;
  }

  private void drawPatterns(int mask) {
    for (int i = 0; i < size; i++) {
      set(6, i, i % 2 == 0);
      set(i, 6, i % 2 == 0);
    }
    drawFinder(3, 3);
    drawFinder(size - 4, 3);
    drawFinder(3, size - 4);
    int last = ALIGNMENT[version - 1];
    if (last > 0) {
      drawAlignments(version < 7 ? new int[] {6, last} : new int[] {6, (last + 6) / 2, last});
    }
    drawFormat(mask);
    if (version >= 7) {
      drawVersion();
    }
  }

  private void drawFinder(int centreX, int centreY) {
    for (int dy = -4; dy <= 4; dy++) {
      for (int dx = -4; dx <= 4; dx++) {
        int x = centreX + dx;
        int y = centreY + dy;
        if (x >= 0 && x < size && y >= 0 && y < size) {
          int ring = Math.max(Math.abs(dx), Math.abs(dy));
          set(x, y, ring != 2 && ring != 4);
        }
      }
    }
  }

  private void drawAlignments(int[] centres) {
    int last = centres.length - 1;
    for (int i = 0; i <= last; i++) {
      for (int j = 0; j <= last; j++) {
        boolean isFinder = (i == 0 && j == 0) || (i == 0 && j == last) || (i == last && j == 0);
        for (int cell = 0; cell < 25 && !isFinder; cell++) {
          int dx = cell % 5 - 2;
          int dy = cell / 5 - 2;
          set(centres[i] + dx, centres[j] + dy, Math.max(Math.abs(dx), Math.abs(dy)) != 1);
        }
      }
    }
  }

  private void drawFormat(int mask) {
    int bits = FORMATS[mask];
    // The table is of level M as the standard prints it: the highest bit first.
    for (int i = 0; i < 15; i++) {
      boolean bit = (bits >>> i & 1) == 1;
      int near = i < 6 ? i : i < 8 ? i + 1 : 14 - i + (i == 8 ? 1 : 0);
      if (i < 8) {
        set(8, near, bit);
        set(size - 1 - i, 8, bit);
      } else {
        set(near, 8, bit);
        set(8, size - 15 + i, bit);
      }
    }
    set(8, size - 8, true);
  }

  private void drawVersion() {
    int rest = version;
    for (int i = 0; i < 12; i++) {
      rest = rest << 1 ^ (rest >>> 11) * VERSION_POLYNOMIAL;
    }
    int bits = version << 12 | rest;
    for (int i = 0; i < 18; i++) {
      boolean bit = (bits >>> i & 1) == 1;
      set(size - 11 + i % 3, i / 3, bit);
      set(i / 3, size - 11 + i % 3, bit);
    }
  }

  // Two columns at a time from the right, up and down in turn, round what is fixed.
  private void drawData(byte[] words, int mask) {
    int bit = 0;
    for (int right = size - 1; right >= 1; right -= 2) {
      if (right == 6) {
        right = 5;
      }
      for (int step = 0; step < size; step++) {
        boolean isUpward = (right + 1 & 2) == 0;
        int y = isUpward ? size - 1 - step : step;
        for (int x = right; x >= right - 1; x--) {
          if (!fixed[y][x]) {
            boolean isSet =
                bit < 8 * words.length && (words[bit >>> 3] >>> (7 - (bit & 7)) & 1) == 1;
            dark[y][x] = isSet ^ isMasked(mask, x, y);
            bit++;
          }
        }
      }
    }
  }

  private static boolean isMasked(int mask, int x, int y) {
    return switch (mask) {
      case 0 -> (x + y) % 2 == 0;
      case 1 -> y % 2 == 0;
      case 2 -> x % 3 == 0;
      case 3 -> (x + y) % 3 == 0;
      case 4 -> (x / 3 + y / 2) % 2 == 0;
      case 5 -> x * y % 2 + x * y % 3 == 0;
      case 6 -> (x * y % 2 + x * y % 3) % 2 == 0;
      default -> ((x + y) % 2 + x * y % 3) % 2 == 0;
    };
  }

  // Long runs and blocks of one colour are what readers stumble over; the other two rules of the
  // standard change the choice among masks that are all readable.
  private int penalty() {
    int penalty = 0;
    for (int a = 0; a < size; a++) {
      int rowRun = 0;
      int columnRun = 0;
      for (int b = 0; b < size; b++) {
        rowRun = b > 0 && dark[a][b] == dark[a][b - 1] ? rowRun + 1 : 1;
        columnRun = b > 0 && dark[b][a] == dark[b - 1][a] ? columnRun + 1 : 1;
        penalty += (rowRun == 5 ? 3 : rowRun > 5 ? 1 : 0);
        penalty += (columnRun == 5 ? 3 : columnRun > 5 ? 1 : 0);
        if (a > 0 && b > 0) {
          boolean one = dark[a][b];
          boolean isBlock =
              one == dark[a - 1][b] && one == dark[a][b - 1] && one == dark[a - 1][b - 1];
          penalty += isBlock ? 3 : 0;
        }
      }
    }
    return penalty;
  }

  /** Cells along one side. */
  public int size() {
    return size;
  }

  /** Whether a cell is dark; outside there is only light. */
  public boolean isDark(int x, int y) {
    return x >= 0 && x < size && y >= 0 && y < size && dark[y][x];
  }
}
