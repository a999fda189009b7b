// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.observe;

import java.io.PrintStream;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Sets up the JDK's logging, which is behind {@link System.Logger}, Vert.x and Netty alike: one
 * line per event on one stream.
 */
public final class Logging {

  /**
   * Loggers are held weakly by the JDK: without this the level would be forgotten. In a class of
   * its own because the first look at it fixes the manager, which {@link #keepUntilTheEnd} chooses.
   */
  private static final class Root {
    static final Logger LOGGER = Logger.getLogger("");

    /**
     * Warns, with a trace each, of connections that come in while the port closes; they are closed,
     * as they should be. In a stop under load there are hundreds.
     */
    static final Logger ACCEPTOR = Logger.getLogger("io.netty.bootstrap.ServerBootstrap");

    /** Tells with a trace where an exit was called; ours is called in one place. */
    static final Logger EXIT = Logger.getLogger("java.lang.Runtime");
  }

  private Logging() {}

  /** Must come before anything logs: lets the lines of an orderly stop through to the end. */
  public static void keepUntilTheEnd() {
    if (System.getProperty("java.util.logging.manager") == null) {
      System.setProperty("java.util.logging.manager", LastingLogManager.class.getName());
    }
  }

  /**
   * Replaces whatever was set up before.
   *
   * @param level error, warn, info, debug or trace
   * @param json whether a line is a JSON object
   */
  public static void configure(String level, boolean json, PrintStream stream) {
    for (Handler handler : Root.LOGGER.getHandlers()) {
      Root.LOGGER.removeHandler(handler);
    }
    Handler handler = new StreamHandler(stream, json ? new JsonLine() : new TextLine());
    handler.setLevel(Level.ALL);
    Root.LOGGER.addHandler(handler);
    Root.LOGGER.setLevel(levelOf(level));
    Root.ACCEPTOR.setLevel(Level.SEVERE);
    Root.EXIT.setLevel(Level.WARNING);
  }

  private static Level levelOf(String level) {
    return switch (level) {
      case "error" -> Level.SEVERE;
      case "warn" -> Level.WARNING;
      case "debug" -> Level.FINE;
      case "trace" -> Level.FINER;
      default -> Level.INFO;
    };
  }

  /** The word for a level that people know. */
  static String nameOf(Level level) {
    int value = level.intValue();
    if (value >= Level.SEVERE.intValue()) {
      return "ERROR";
    }
    if (value >= Level.WARNING.intValue()) {
      return "WARN";
    }
    if (value >= Level.INFO.intValue()) {
      return "INFO";
    }
    return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
  }

  /** One print per line, so that lines of two threads do not mix. */
  private static final class StreamHandler extends Handler {

    private final PrintStream stream;

    StreamHandler(PrintStream stream, Formatter formatter) {
      this.stream = stream;
      setFormatter(formatter);
    }

    @Override
    public void publish(LogRecord event) {
      if (isLoggable(event)) {
        stream.print(getFormatter().format(event));
      }
    }

    @Override
    public void flush() {
      stream.flush();
    }

    @Override
    public void close() {
      stream.flush();
    }
  }
}
