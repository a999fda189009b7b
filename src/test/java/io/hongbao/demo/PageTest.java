// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.demo.TextTable.Align;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final Map<String, String> CHINESE =
      Map.of("LANG", "zh_CN.UTF-8", "TERM", "xterm-256color");

  @Test
  void amountsHaveTwoDigitsAfterThePoint() {
    assertEquals("100.00 CNY", Money.text(10_000));
    assertEquals("0.01 CNY", Money.text(1));
    assertEquals("0.00 CNY", Money.text(0));
    assertEquals("-0.05 CNY", Money.text(-5));
    assertEquals("-12.30 CNY", Money.text(-1_230));
    assertEquals("-92233720368547758.08", Money.number(Long.MIN_VALUE));
  }

  @Test
  void columnsAreAsWideAsTheirWidestCell() {
    TextTable table =
        new TextTable()
            .column("place", Align.RIGHT)
            .column("amount", Align.RIGHT)
            .column("", Align.LEFT)
            .row("1", "9.05 CNY", "")
            .row("10", "19.05 CNY", "\u2605 best");

    assertEquals(
        List.of("place     amount", "    1   9.05 CNY", "   10  19.05 CNY  \u2605 best"),
        table.lines());
    assertThrows(IllegalArgumentException.class, () -> table.row("too few"));
  }

  @Test
  void onlyATerminalGetsColour() {
    assertTrue(Page.Style.of(false, true, UTF_8, CHINESE).colour());
    assertFalse(Page.Style.of(false, false, UTF_8, CHINESE).colour());
    assertFalse(Page.Style.of(false, true, UTF_8, Map.of("TERM", "dumb")).colour());
    assertFalse(
        Page.Style.of(false, true, UTF_8, Map.of("TERM", "xterm", "NO_COLOR", "1")).colour());
  }

  @Test
  void onlyAUtf8LocaleGetsMoreThanAscii() {
    assertTrue(Page.Style.of(false, false, UTF_8, CHINESE).unicode());
    assertTrue(Page.Style.of(false, false, UTF_8, Map.of("LC_CTYPE", "C.utf8")).unicode());
    assertFalse(Page.Style.of(false, false, US_ASCII, CHINESE).unicode());
    assertFalse(Page.Style.of(false, false, UTF_8, Map.of("LANG", "C")).unicode());
    assertFalse(Page.Style.of(false, false, UTF_8, Map.of()).unicode());
    assertFalse(
        Page.Style.of(false, false, UTF_8, Map.of("LC_ALL", "C", "LANG", "zh_CN.UTF-8")).unicode());
  }

  @Test
  void aQuietPageShowsDifferencesAndTheLastLine() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Page page = new Page(new PrintStream(bytes, true, UTF_8), new Page.Style(true, false, false));

    page.title("title");
    page.heading("heading");
    page.line("line");
    page.difference("one is two");
    page.always("demo failed");
    page.close();
    page.always("after the end");

    assertEquals(
        List.of("  DIFFERS: one is two", "demo failed"), bytes.toString(UTF_8).lines().toList());
  }

  @Test
  void differencesAreShownUpToALimitAndCountedBeyond() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Page page = new Page(new PrintStream(bytes, true, UTF_8), new Page.Style(true, false, false));
    Findings findings = new Findings(page);

    findings.same("a thing", 1, 1);
    findings.holds(true, "never said");
    for (int i = 0; i < Findings.SHOWN_MAX + 10; i++) {
      findings.sameMoney("balance", 100, 100 + i);
    }

    assertEquals(Findings.SHOWN_MAX + 9, findings.count());
    List<String> lines = bytes.toString(UTF_8).lines().toList();
    assertEquals(Findings.SHOWN_MAX + 1, lines.size());
    assertEquals("  DIFFERS: balance is 1.01 CNY, expected 1.00 CNY", lines.getFirst());
  }
}
