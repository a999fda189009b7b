// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import java.util.ArrayList;
import java.util.List;

/** A QR code as lines of a terminal, two cells to a character. */
public final class QrText {

  /** The standard asks for four; readers are content with two. */
  private static final int MARGIN = 2;

  private static final String BLACK_ON_WHITE = "\u001b[30;107m";
  private static final String PLAIN = "\u001b[0m";

  private QrText() {}

  /**
   * Draws the code of a text.
   *
   * @param colour whether escape sequences may fix the colours; without them the light cells are
   *     drawn, which suits a dark screen
   */
  public static List<String> lines(String text, boolean colour) {
    QrCode code = QrCode.of(text);
    List<String> lines = new ArrayList<>();
    for (int y = -MARGIN; y < code.size() + MARGIN; y += 2) {
      StringBuilder line = new StringBuilder(colour ? BLACK_ON_WHITE : "");
      for (int x = -MARGIN; x < code.size() + MARGIN; x++) {
        boolean isUpper = code.isDark(x, y) == colour;
        boolean isLower = code.isDark(x, y + 1) == colour;
        line.append(isUpper ? (isLower ? '█' : '▀') : isLower ? '▄' : ' ');
      }
      lines.add(line.append(colour ? PLAIN : "").toString());
    }
    return lines;
  }
}
