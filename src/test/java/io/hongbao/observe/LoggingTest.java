// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class LoggingTest {

  private static final Logger ROOT = Logger.getLogger("");

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
  private final System.Logger logger = System.getLogger("io.hongbao.some.Server");
  private Handler[] handlersBefore = {};
  private Level levelBefore = Level.INFO;

  @BeforeEach
  void remember() {
    handlersBefore = ROOT.getHandlers();
    levelBefore = ROOT.getLevel();
  }

  @AfterEach
  void restore() {
    LogManager.getLogManager().reset();
    for (Handler handler : handlersBefore) {
      ROOT.addHandler(handler);
    }
    ROOT.setLevel(levelBefore);
  }

  @Test
  void aTextLineHasTimeLevelPlaceAndMessage() {
    Logging.configure("info", false, stream);

    logger.log(System.Logger.Level.INFO, "ready on {0}", "port 1");

    assertTrue(
        said()
            .matches(
                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z INFO Server: ready on port"
                    + " 1\n"),
        said());
  }

  @Test
  void aMessageCannotForgeALine() {
    Logging.configure("info", false, stream);

    logger.log(System.Logger.Level.INFO, "a\nb\r\u001b[2J");

    assertTrue(said().endsWith("Server: a\\nb\\r?[2J\n"), said());
  }

  @Test
  void anErrorStaysOnItsLineWithPlaceAndCause() {
    Logging.configure("info", false, stream);
    Exception error = new IllegalStateException("outer", new IllegalArgumentException("inner"));

    logger.log(System.Logger.Level.ERROR, "failed", error);

    assertEquals(1, said().lines().count());
    assertTrue(said().contains("ERROR Server: failed | java.lang.IllegalStateException: outer at"));
    assertTrue(said().contains("LoggingTest.anErrorStaysOnItsLineWithPlaceAndCause:"));
    assertTrue(said().contains("; caused by java.lang.IllegalArgumentException: inner at"));
  }

  @Test
  void aJsonLineIsOneObject() {
    Logging.configure("info", true, stream);

    logger.log(System.Logger.Level.WARNING, "say \"hi\" \\ \n\u0001 新年 😀");

    String line = said();
    assertTrue(line.startsWith("{\"at\":\"20"), line);
    assertTrue(line.contains("\"level\":\"WARN\",\"logger\":\"io.hongbao.some.Server\""), line);
    assertTrue(
        line.endsWith("\"message\":\"say \\\"hi\\\" \\\\ \\n\\u0001 新年 \\ud83d\\ude00\"}\n"), line);
  }

  @Test
  void leavesOutWhatIsBelowTheLevel() {
    Logging.configure("warn", false, stream);
    logger.log(System.Logger.Level.INFO, "quiet");
    assertEquals("", said());

    Logging.configure("debug", false, stream);
    logger.log(System.Logger.Level.DEBUG, "loud");
    logger.log(System.Logger.Level.TRACE, "too loud");
    assertTrue(said().contains("DEBUG Server: loud"), said());
    assertFalse(said().contains("too loud"), said());
  }

  private String said() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
