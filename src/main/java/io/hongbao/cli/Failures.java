// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.app.ListenException;
import io.hongbao.config.ConfigException;
import io.hongbao.datadir.DataDirectoryException;
import io.hongbao.datadir.DiskErrors;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.model.BrokenInvariantException;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileSystemException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns what went wrong into one sentence for the person at the terminal and an exit code.
 *
 * <p>Looks for a known cause from the outside in; what is not known is named as it is.
 */
public final class Failures {

  /** Causes can go round. */
  private static final int CAUSES_MAX = 20;

  /**
   * What is told.
   *
   * @param exitCode an {@link ExitCode}
   */
  public record Failure(String sentence, int exitCode) {}

  private Failures() {}

  public static Failure of(Throwable thrown) {
    @Nullable Throwable cause = thrown;
    for (int depth = 0; depth < CAUSES_MAX && cause != null; depth++) {
      Failure known = known(cause);
      if (known != null) {
        return known;
      }
      cause = cause.getCause();
    }
    String message = thrown.getMessage();
    // Nobody throws the bare class but our own code, and then with a whole sentence.
    if (thrown.getClass() == IOException.class && message != null) {
      return new Failure(firstLine(message), ExitCode.FAILED);
    }
    String name = thrown.getClass().getSimpleName();
    return new Failure(
        "failed unexpectedly: "
            + (message == null ? name : name + ": " + firstLine(message))
            + " (--debug shows where)",
        ExitCode.FAILED);
  }

  private static @Nullable Failure known(Throwable cause) {
    return switch (cause) {
      case UsageException usage -> new Failure(message(usage), ExitCode.USAGE);
      case ConfigException setting -> new Failure(message(setting), ExitCode.USAGE);
      case DataDirectoryException directory ->
          new Failure(message(directory), ExitCode.ENVIRONMENT);
      case ListenException listen -> new Failure(listen.sentence(), ExitCode.ENVIRONMENT);
      case BindException bind ->
          new Failure(
              "a port cannot be had (%s); choose others with --http.port and --management.port"
                  .formatted(message(bind)),
              ExitCode.ENVIRONMENT);
      case JournalDamagedException damaged ->
          new Failure("the " + message(damaged) + "; nothing was changed", ExitCode.FAILED);
      case BrokenInvariantException broken ->
          new Failure(
              "stopped because the program contradicts itself: " + message(broken),
              ExitCode.FAILED);
      case OutOfMemoryError memory ->
          new Failure("there is not enough memory; give more with -Xmx", ExitCode.ENVIRONMENT);
      case StopTimeoutException late -> new Failure(message(late), ExitCode.FAILED);
      case IOException disk -> ofDisk(disk);
      default -> null;
    };
  }

  private static @Nullable Failure ofDisk(IOException disk) {
    Optional<String> reason = DiskErrors.reason(disk);
    if (reason.isEmpty()) {
      return null;
    }
    String file = disk instanceof FileSystemException named ? named.getFile() : null;
    return new Failure(
        file == null ? reason.get() : file + ": " + reason.get(), ExitCode.ENVIRONMENT);
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : firstLine(message);
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
