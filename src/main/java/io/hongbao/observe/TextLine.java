// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.observe;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A log line for people and grep: time, level, thread, logger, message, error. */
final class TextLine extends Formatter {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder(160);
    line.append(TIME.format(event.getInstant()));
    line.append(' ').append(Logging.nameOf(event.getLevel()));
    line.append(' ').append(ErrorLine.shortName(String.valueOf(event.getLoggerName())));
    line.append(": ");
    appendOneLine(line, String.valueOf(formatMessage(event)));
    if (event.getThrown() != null) {
      line.append(" | ");
      appendOneLine(line, ErrorLine.of(event.getThrown()));
    }
    return line.append('\n').toString();
  }

  // What comes from outside must not be able to forge a line of its own.
  private static void appendOneLine(StringBuilder line, String text) {
    for (int index = 0; index < text.length(); index++) {
      char character = text.charAt(index);
      switch (character) {
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        default -> line.append(Character.isISOControl(character) ? '?' : character);
      }
    }
  }
}
