// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.observe;

import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A log line for machines: one JSON object. */
final class JsonLine extends Formatter {

  @Override
  public String format(LogRecord event) {
    StringBuilder line = new StringBuilder(200);
    line.append("{\"at\":\"").append(event.getInstant()).append('"');
    append(line, "level", Logging.nameOf(event.getLevel()));
    append(line, "logger", String.valueOf(event.getLoggerName()));
    append(line, "thread", Long.toString(event.getLongThreadID()));
    append(line, "message", String.valueOf(formatMessage(event)));
    if (event.getThrown() != null) {
      append(line, "error", ErrorLine.of(event.getThrown()));
    }
    return line.append("}\n").toString();
  }

  private static void append(StringBuilder line, String name, String value) {
    line.append(",\"").append(name).append("\":\"");
    for (int index = 0; index < value.length(); index++) {
      char character = value.charAt(index);
      switch (character) {
        case '"' -> line.append("\\\"");
        case '\\' -> line.append("\\\\");
        case '\n' -> line.append("\\n");
        case '\r' -> line.append("\\r");
        case '\t' -> line.append("\\t");
        default -> {
          if (character < ' ' || Character.isSurrogate(character)) {
            line.append("\\u%04x".formatted((int) character));
          } else {
            line.append(character);
          }
        }
      }
    }
    line.append('"');
  }
}
