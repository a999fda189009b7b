// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import java.util.regex.Pattern;

/**
 * Tells whether a text consists of emotes: emoji, and names in brackets such as {@code [laugh]}.
 *
 * <p><b>Thread:</b> any; pure.
 */
final class Emotes {

  private static final Pattern NAMED = Pattern.compile("\\[[\\p{L}\\p{N}_-]{1,20}]");

  private Emotes() {}

  static boolean isOnly(String text) {
    String rest = NAMED.matcher(text).replaceAll("");
    // A digit counts as emoji to Unicode, since keycaps are made of digits.
    boolean hasText = rest.codePoints().anyMatch(c -> !isPartOfEmoji(c) && c != ' ');
    boolean hasBareDigit =
        rest.codePoints().anyMatch(c -> c < 0x80 && c != ' ') && rest.indexOf(0x20E3) < 0;
    return !hasText && !hasBareDigit && !text.isBlank();
  }

  private static boolean isPartOfEmoji(int c) {
    return Character.isEmoji(c) || Character.isEmojiComponent(c) || c == 0x20E3;
  }
}
