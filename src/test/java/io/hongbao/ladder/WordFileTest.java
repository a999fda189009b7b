// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordFileTest {

  private static final OperatorWord WORD =
      new OperatorWord(
          Map.of(Rung.LISTS, RungMode.REFUSED, Rung.CHAT, RungMode.SERVED), "Ärger = viel", 42);

  @TempDir private Path directory;

  @Test
  void readsWhatWasWrittenLast() throws IOException {
    try (FileDisk disk = new FileDisk(directory)) {
      WordFile file = new WordFile(disk);

      assertEquals(OperatorWord.NONE, file.read());
      file.write(WORD);
      assertEquals(WORD, file.read());
      file.write(new OperatorWord(Map.of(), "over", 43));
      assertEquals(new OperatorWord(Map.of(), "over", 43), new WordFile(disk).read());
    }
  }

  @Test
  void aWriteThatWasCutShortIsNoWord() throws IOException {
    Files.writeString(directory.resolve("degradation.tmp"), "at_ms=4");
    try (FileDisk disk = new FileDisk(directory)) {
      WordFile file = new WordFile(disk);

      assertEquals(OperatorWord.NONE, file.read());
      file.write(WORD);
      assertEquals(WORD, file.read());
    }
  }

  /** Whatever the moment of the crash: the old word or the new one, never a mixture. */
  @Test
  void aCrashLeavesTheOldWordOrTheNew() throws IOException {
    OperatorWord old = new OperatorWord(Map.of(Rung.DETAILS, RungMode.REFUSED), "before", 7);
    for (int seed = 0; seed < 20; seed++) {
      for (int crashAfter = 0; crashAfter < 8; crashAfter++) {
        FaultyDisk disk = new FaultyDisk(seed);
        new WordFile(disk).write(old);
        boolean isWritten = true;
        disk.crashAfter(crashAfter);
        try {
          new WordFile(disk).write(WORD);
        } catch (IOException crashed) {
          isWritten = false;
        }
        disk.crash();

        OperatorWord found = new WordFile(disk).read();

        String where = "seed " + seed + ", crash after " + crashAfter;
        assertEquals(true, found.equals(WORD) || (found.equals(old) && !isWritten), where);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "at_ms=x\ncause=\n",
        "at_ms=1\n",
        "cause=\nat_ms=1\n",
        "at_ms=1\ncause=c\nmoney=refused\n",
        "at_ms=1\ncause=c\nlists=perhaps\n",
        "at_ms=1\ncause=c\nlists\n"
      })
  void whatCannotBeUnderstoodSwitchesNothing(String content) throws IOException {
    Files.writeString(directory.resolve(WordFile.FILE), content);
    try (FileDisk disk = new FileDisk(directory)) {
      assertEquals(OperatorWord.NONE, new WordFile(disk).read());
    }
  }
}
