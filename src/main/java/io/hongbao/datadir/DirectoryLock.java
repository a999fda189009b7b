// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Data directory".
package io.hongbao.datadir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets one process at a time use a data directory; the operating system frees it when the process
 * ends, however it ends.
 *
 * <p><b>Thread:</b> any.
 */
final class DirectoryLock implements AutoCloseable {

  private static final int MARK_BYTES_MAX = 256;

  // On Unix a process loses its lock when it closes *any* channel on the file. So within this
  // process the file is opened once only, and this set says so before the file is touched.
  private static final Set<Path> HELD_HERE = new HashSet<>();

  private final Path file;
  private final FileChannel channel;

  private DirectoryLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock or says who has it.
   *
   * @param directory with symbolic links resolved
   */
  static DirectoryLock take(Path directory, String purpose)
      throws IOException, DataDirectoryException {
    Path file = directory.resolve(DataDirectory.LOCK_FILE);
    synchronized (HELD_HERE) {
      if (!HELD_HERE.add(file)) {
        throw inUse(directory, Long.toString(ProcessHandle.current().pid()));
      }
    }
    try {
      return new DirectoryLock(file, locked(directory, file, purpose));
    } catch (IOException | DataDirectoryException | RuntimeException failure) {
      synchronized (HELD_HERE) {
        HELD_HERE.remove(file);
      }
      throw failure;
    }
  }

  private static FileChannel locked(Path directory, Path file, String purpose)
      throws IOException, DataDirectoryException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean taken = false;
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory, owner(channel));
      }
      byte[] mark = ProcessMark.ofThisProcess(purpose).toText().getBytes(StandardCharsets.UTF_8);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(mark), 0);
      taken = true;
      return channel;
    } finally {
      if (!taken) {
        channel.close();
      }
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(MARK_BYTES_MAX);
    channel.read(bytes, 0);
    String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
    return ProcessMark.parse(text)
        .map(mark -> mark.pid() + " (" + mark.purpose() + ")")
        .orElse("of unknown number");
  }

  private static DataDirectoryException inUse(Path directory, String process) {
    return new DataDirectoryException(
        "the data directory " + directory + " is in use by process " + process);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      synchronized (HELD_HERE) {
        HELD_HERE.remove(file);
      }
    }
  }
}
