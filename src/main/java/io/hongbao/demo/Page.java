// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * Where the play is told, in lines that a person reads.
 *
 * <p><b>Thread:</b> any; a line is written whole.
 */
public final class Page {

  /**
   * How the reader's screen takes text.
   *
   * @param quiet only what went wrong and the last line
   * @param colour whether headings stand out by escape sequences
   * @param unicode whether more than ASCII can be shown
   */
  public record Style(boolean quiet, boolean colour, boolean unicode) {

    /** Colour for a terminal only; more than ASCII when both stream and locale can take it. */
    public static Style of(
        boolean quiet, boolean terminal, Charset charset, Map<String, String> environment) {
      boolean plain =
          environment.containsKey("NO_COLOR")
              || environment.getOrDefault("TERM", "dumb").equals("dumb");
      return new Style(
          quiet, terminal && !plain, charset.equals(StandardCharsets.UTF_8) && isUtf8(environment));
    }

    // The first of the three that says anything decides, as in every program that asks the locale.
    private static boolean isUtf8(Map<String, String> environment) {
      for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
        String value = environment.getOrDefault(name, "");
        if (!value.isEmpty()) {
          String lower = value.toLowerCase(Locale.ROOT);
          return lower.contains("utf-8") || lower.contains("utf8");
        }
      }
      return false;
    }
  }

  private static final String BOLD = "\u001b[1m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final Style style;
  private volatile boolean closed;

  public Page(PrintStream out, Style style) {
    this.out = out;
    this.style = style;
  }

  public void title(String text) {
    if (!style.quiet()) {
      print(style.colour() ? BOLD + text + PLAIN : text);
    }
  }

  public void heading(String text) {
    if (!style.quiet()) {
      print("");
      title(text);
    }
  }

  public void line(String text) {
    if (!style.quiet()) {
      print("  " + text);
    }
  }

  void table(TextTable table) {
    table.lines().forEach(line -> line("  " + line));
  }

  /** Something is not as it must be; said also when quiet. */
  void difference(String sentence) {
    print("  DIFFERS: " + sentence);
  }

  /** What is said also when quiet. */
  public void always(String text) {
    print(text);
  }

  /** The first text where the screen can show it, else the second. */
  public String either(String unicode, String ascii) {
    return style.unicode() ? unicode : ascii;
  }

  /** Nothing is written after this; a signal has ended the play. */
  public void close() {
    closed = true;
  }

  private void print(String text) {
    if (!closed) {
      out.println(text);
      out.flush();
    }
  }
}
