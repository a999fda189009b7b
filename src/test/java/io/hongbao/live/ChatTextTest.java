// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatTextTest {

  @Test
  void blanksBecomeOneAndNoneIsLeftAtTheEnds() {
    assertEquals("a b c", ChatText.clean("  a \t b\n\n\u3000c  "));
  }

  @Test
  void invisibleAndTurningMarksGoAway() {
    assertEquals("ab", ChatText.clean("a\u200B\u202E\uFEFF\u2066b"));
  }

  @Test
  void whatJoinsEmojiAndLettersStays() {
    String family = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    assertEquals(family, ChatText.clean(family));
    assertEquals("مي\u200Cخ", ChatText.clean("مي\u200Cخ"));
  }

  @Test
  void controlCharactersAndHalvesOfSurrogatesAreRefused() {
    assertNull(ChatText.clean("a\u0007b"));
    assertNull(ChatText.clean("a\uD83Db"));
    assertNull(ChatText.clean("a\uE000b"));
  }

  @Test
  void towersOfAccentsAreRefusedAndOrdinaryOnesAreNot() {
    assertEquals("e\u0301\u0302", ChatText.clean("e\u0301\u0302"));
    assertNull(ChatText.clean("e" + "\u0301".repeat(5)));
  }

  @Test
  void nothingToBeSeenIsNothing() {
    assertNull(ChatText.clean(""));
    assertNull(ChatText.clean(" \t "));
    assertNull(ChatText.clean("\u200D\u200D"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[laugh]|true",
        "[laugh] [cry]|true",
        "\uD83D\uDE00\uD83D\uDE00|true",
        "\uD83D\uDC68\u200D\uD83D\uDC69|true",
        "\uD83C\uDDE8\uD83C\uDDF3|true",
        "\u2764\uFE0F|true",
        "1\uFE0F\u20E3|true",
        "haha|false",
        "123|false",
        "[laugh] haha|false",
        "你好|false",
        "[]|false",
        "#*|false"
      })
  void emotesAreToldFromText(String text, boolean isEmote) {
    if (isEmote) {
      assertTrue(Emotes.isOnly(text), text);
    } else {
      assertFalse(Emotes.isOnly(text), text);
    }
  }
}
