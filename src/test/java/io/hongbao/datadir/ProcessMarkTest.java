// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessMarkTest {

  private final ProcessMark own = ProcessMark.ofThisProcess("start");

  @Test
  void findsTheProcessThatWroteIt() {
    ProcessMark read = ProcessMark.parse(own.toText()).orElseThrow();

    assertEquals(own, read);
    assertEquals(ProcessHandle.current(), read.process().orElseThrow());
  }

  /** After a crash the number may belong to an innocent; stop must not send it a signal. */
  @Test
  void doesNotMistakeAReusedNumber() {
    Instant earlier = ProcessHandle.current().info().startInstant().orElseThrow().minusSeconds(60);

    assertTrue(new ProcessMark(own.pid(), earlier, "start").process().isEmpty());
  }

  @Test
  void findsNoProcessThatHasEnded() throws Exception {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();

    assertTrue(new ProcessMark(ended.pid(), null, "start").process().isEmpty());
  }

  @Test
  void readsNothingFromAMissingOrHalfWrittenFile(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("hongbao.pid");
    assertEquals(Optional.empty(), ProcessMark.read(file));

    for (String text : new String[] {"", "12", "12 -", "x - start", "12 yesterday start"}) {
      Files.writeString(file, text);
      assertEquals(Optional.empty(), ProcessMark.read(file), text);
    }
  }
}
