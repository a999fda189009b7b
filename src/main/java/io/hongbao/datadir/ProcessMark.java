// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which process wrote a file, so that later it is not mistaken for another one.
 *
 * <p>A process id alone is not enough: after a crash or a reboot the same number soon belongs to
 * somebody else. With the instant of its start it is the same process or none.
 *
 * @param startedAt as the operating system tells it; null where it does not
 * @param purpose the command it runs
 */
public record ProcessMark(long pid, @Nullable Instant startedAt, String purpose) {

  // Linux derives the instant from ticks since boot and the wall clock's idea of boot, which moves
  // by up to a second when the clock is being corrected. Nobody reuses a pid that fast.
  private static final Duration SAME = Duration.ofSeconds(2);

  /** The mark of this process. */
  public static ProcessMark ofThisProcess(String purpose) {
    ProcessHandle self = ProcessHandle.current();
    return new ProcessMark(self.pid(), self.info().startInstant().orElse(null), purpose);
  }

  /** The process that wrote the mark, if it still runs. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(this::isSame);
  }

  private boolean isSame(ProcessHandle candidate) {
    Instant candidateStart = candidate.info().startInstant().orElse(null);
    return startedAt == null
        || candidateStart == null
        || Duration.between(startedAt, candidateStart).abs().compareTo(SAME) <= 0;
  }

  /** Reads a mark; nothing when there is no such file or it was left half-written. */
  public static Optional<ProcessMark> read(Path file) throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException absent) {
      return Optional.empty();
    }
    return parse(text);
  }

  static Optional<ProcessMark> parse(String text) {
    String[] words = text.strip().split(" ", -1);
    if (words.length != 3) {
      return Optional.empty();
    }
    try {
      Instant startedAt = words[1].equals("-") ? null : Instant.parse(words[1]);
      return Optional.of(new ProcessMark(Long.parseLong(words[0]), startedAt, words[2]));
    } catch (NumberFormatException | DateTimeException halfWritten) {
      return Optional.empty();
    }
  }

  String toText() {
    return pid + " " + (startedAt == null ? "-" : startedAt) + " " + purpose + "\n";
  }
}
