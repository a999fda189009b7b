// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads codes back as a reader does, without its tolerance of errors: format bits, mask, the way of
 * the bits through the square. Codes of one block only, whose words lie one after the other.
 */
class QrCodeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "http://10.0.0.7:8080/play",
        "http://192.168.178.120:48080/play",
        "恭喜发财 http://localhost",
      })
  void canBeReadBack(String text) {
    assertEquals(text, read(QrCode.of(text)));
  }

  @Test
  void hasThreeFindersAndTheirTimingLines() {
    QrCode code = QrCode.of("http://192.168.1.20:8080/play");
    int last = code.size() - 1;
    for (int i = 0; i < 7; i++) {
      assertTrue(code.isDark(i, 0) && code.isDark(last - i, 0) && code.isDark(i, last));
    }
    for (int i = 8; i < last - 8; i++) {
      assertEquals(i % 2 == 0, code.isDark(i, 6));
      assertEquals(i % 2 == 0, code.isDark(6, i));
    }
  }

  @Test
  void refusesWhatIsTooLong() {
    assertEquals(17 + 4 * 9, QrCode.of("x".repeat(QrCode.BYTES_MAX)).size());
    assertThrows(RuntimeException.class, () -> QrCode.of("x".repeat(QrCode.BYTES_MAX + 1)));
  }

  private static String read(QrCode code) {
    int mask = mask(code);
    int bits = 0;
    byte[] bytes = new byte[64];
    for (int right = code.size() - 1; right >= 1; right -= right == 8 ? 3 : 2) {
      boolean isUpward = (code.size() - 1 - (right < 6 ? right + 1 : right)) / 2 % 2 == 0;
      for (int step = 0; step < code.size(); step++) {
        int y = isUpward ? code.size() - 1 - step : step;
        for (int x = right; x > right - 2; x--) {
          if (!isFixed(code, x, y) && bits < 8 * bytes.length) {
            boolean isSet = code.isDark(x, y) ^ isMasked(mask, x, y);
            bytes[bits / 8] |= (byte) (isSet ? 0x80 >> bits % 8 : 0);
            bits++;
          }
        }
      }
    }
    assertEquals(4, bytes[0] >> 4 & 0xF, "mode: bytes");
    int length = (bytes[0] & 0xF) << 4 | bytes[1] >> 4 & 0xF;
    byte[] text = new byte[length];
    for (int i = 0; i < length; i++) {
      text[i] = (byte) ((bytes[i + 1] & 0xF) << 4 | bytes[i + 2] >> 4 & 0xF);
    }
    return new String(text, StandardCharsets.UTF_8);
  }

  // Beside the left upper finder: two bits of level (00 is M), three of mask, under a fixed
  // pattern.
  private static int mask(QrCode code) {
    int bits = 0;
    for (int x = 0; x < 5; x++) {
      bits = bits << 1 | (code.isDark(x, 8) ? 1 : 0);
    }
    bits ^= 0b10101;
    assertEquals(0, bits >> 3, "level M");
    return bits & 7;
  }

  private static boolean isFixed(QrCode code, int x, int y) {
    int size = code.size();
    boolean isCorner = (x < 9 && y < 9) || (x < 9 && y >= size - 8) || (x >= size - 8 && y < 9);
    int centre = size - 7;
    boolean isAlignment = size > 21 && Math.abs(x - centre) <= 2 && Math.abs(y - centre) <= 2;
    return isCorner || isAlignment || x == 6 || y == 6;
  }

  private static boolean isMasked(int mask, int x, int y) {
    int sum =
        switch (mask) {
          case 0 -> (x + y) % 2;
          case 1 -> y % 2;
          case 2 -> x % 3;
          case 3 -> (x + y) % 3;
          case 4 -> (x / 3 + y / 2) % 2;
          case 5 -> x * y % 2 + x * y % 3;
          case 6 -> (x * y % 2 + x * y % 3) % 2;
          default -> ((x + y) % 2 + x * y % 3) % 2;
        };
    return sum == 0;
  }
}
