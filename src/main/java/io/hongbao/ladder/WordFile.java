// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.ladder;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps an operator's word over restarts, in a small file beside the journal.
 *
 * <p>Not in the journal: the switch is for moments in which that is slow or full, it belongs to
 * this process and not to the books, and replay must not depend on it (ADR 20).
 *
 * <p><b>Thread:</b> any that may block.
 *
 * <p><b>Durability:</b> {@link #write} returns when the word survives a crash; the file is replaced
 * in one step.
 *
 * <p><b>Failure:</b> a file that cannot be understood counts as no word: serving is the safe side,
 * and the log says so.
 */
public final class WordFile {

  /** Its name in the data directory. */
  public static final String FILE = "degradation";

  private static final Logger LOG = System.getLogger(WordFile.class.getName());
  private static final String UNFINISHED = FILE + ".tmp";
  private static final String AT = "at_ms=";
  private static final String CAUSE = "cause=";

  /** A word has five lines; more is not ours. */
  private static final int BYTES_MAX = 4_096;

  private final Disk disk;

  public WordFile(Disk disk) {
    this.disk = disk;
  }

  /** What was written last; {@link OperatorWord#NONE} when nothing was, or nothing readable. */
  public OperatorWord read() throws IOException {
    if (!disk.exists(FILE)) {
      return OperatorWord.NONE;
    }
    String text = content();
    try {
      return parse(text);
    } catch (IllegalArgumentException unreadable) {
      LOG.log(
          Level.ERROR,
          "the file {0} cannot be understood ({1}): no step of the ladder is switched",
          FILE,
          unreadable.getMessage());
      return OperatorWord.NONE;
    }
  }

  // 1. The content goes to a name that nobody reads, and to the disk.
  // 2. The rename replaces the old word in one step.
  // 3. The directory is forced: before that a crash may still show the old one.
  public synchronized void write(OperatorWord word) throws IOException {
    if (disk.exists(UNFINISHED)) {
      disk.delete(UNFINISHED);
    }
    ByteBuffer bytes = ByteBuffer.wrap(format(word).getBytes(StandardCharsets.UTF_8));
    try (DiskFile file = disk.create(UNFINISHED, bytes.remaining())) {
      file.write(0, bytes);
      file.force();
    }
    disk.rename(UNFINISHED, FILE);
    disk.forceDirectory("");
  }

  private String content() throws IOException {
    try (DiskFile file = disk.openForRead(FILE)) {
      ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BYTES_MAX, file.sizeBytes()));
      int offset = 0;
      while (bytes.hasRemaining()) {
        int count = file.read(offset, bytes);
        if (count <= 0) {
          break;
        }
        offset += count;
      }
      return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }
  }

  static String format(OperatorWord word) {
    StringBuilder text = new StringBuilder();
    text.append(AT).append(word.atMs()).append('\n').append(CAUSE).append(word.cause());
    for (Map.Entry<Rung, RungMode> one : word.modes().entrySet()) {
      text.append('\n').append(one.getKey().wireName());
      text.append('=').append(one.getValue().wireName());
    }
    return text.append('\n').toString();
  }

  static OperatorWord parse(String text) {
    List<String> lines = text.lines().toList();
    if (lines.size() < 2 || !lines.get(0).startsWith(AT) || !lines.get(1).startsWith(CAUSE)) {
      throw new IllegalArgumentException("it does not begin with " + AT + " and " + CAUSE);
    }
    Map<Rung, RungMode> modes = new EnumMap<>(Rung.class);
    for (String line : lines.subList(2, lines.size())) {
      int equals = line.indexOf('=');
      Rung rung = Rung.named(equals < 0 ? "" : line.substring(0, equals));
      RungMode mode = RungMode.named(line.substring(equals + 1));
      if (rung == null || mode == null) {
        throw new IllegalArgumentException("no such step or mode");
      }
      modes.put(rung, mode);
    }
    long atMs = Long.parseLong(lines.get(0).substring(AT.length()));
    return new OperatorWord(modes, lines.get(1).substring(CAUSE.length()), atMs);
  }
}
