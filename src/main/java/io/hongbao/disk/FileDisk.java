// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The disk of production: files below one root directory.
 *
 * <p><b>Thread:</b> any; a single file follows {@link DiskFile}. A thread that may be interrupted
 * must use files of its own, since an interrupt closes the file that it is reading.
 *
 * <p><b>Failure:</b> every exception says in one sentence what could not be done and why.
 *
 * <p><b>Limit:</b> {@value #SPARE_DESCRIPTORS} descriptors are held back, see {@link
 * DescriptorReserve}.
 */
public final class FileDisk implements Disk, AutoCloseable {

  /** Active, next and archived segment, a snapshot and its source, readers: doubled. */
  static final int SPARE_DESCRIPTORS = 16;

  private static final int ZERO_BLOCK_BYTES = 1 << 20;

  private final Path root;
  private final DescriptorReserve reserve;
  private final Map<Path, FileChannel> directories = new HashMap<>();

  /** Uses that directory; makes it when it is missing. */
  public FileDisk(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    Files.createDirectories(this.root);
    this.reserve =
        new DescriptorReserve(
            SPARE_DESCRIPTORS, () -> FileChannel.open(this.root, StandardOpenOption.READ));
  }

  @Override
  public DiskFile create(String name, long sizeBytes) throws IOException {
    Path path = path(name);
    try {
      Files.createDirectories(parentOf(path));
      FileDiskFile file =
          open(
              name,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      try {
        fillWithZeros(file, sizeBytes);
      } catch (IOException e) {
        file.close();
        Files.deleteIfExists(path);
        throw e;
      }
      return file;
    } catch (IOException e) {
      throw failure("cannot create " + name, e);
    }
  }

  private static void fillWithZeros(FileDiskFile file, long sizeBytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(sizeBytes, ZERO_BLOCK_BYTES));
    for (long offset = 0; offset < sizeBytes; offset += zeros.limit()) {
      zeros.clear().limit((int) Math.min(zeros.capacity(), sizeBytes - offset));
      file.write(offset, zeros);
    }
  }

  @Override
  public DiskFile open(String name) throws IOException {
    try {
      return open(name, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw failure("cannot open " + name, e);
    }
  }

  @Override
  public DiskFile openForRead(String name) throws IOException {
    try {
      return open(name, StandardOpenOption.READ);
    } catch (IOException e) {
      throw failure("cannot open " + name, e);
    }
  }

  private FileDiskFile open(String name, OpenOption... options) throws IOException {
    Path path = path(name);
    return new FileDiskFile(name, reserve.open(() -> FileChannel.open(path, options)), reserve);
  }

  @Override
  public boolean exists(String name) {
    return Files.exists(path(name));
  }

  @Override
  @SuppressWarnings("StreamResourceLeak") // Opened inside the reserve, closed here.
  public List<String> list(String directory) throws IOException {
    Path path = path(directory);
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries = reserve.open(() -> Files.newDirectoryStream(path))) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry)) {
          names.add(directory + "/" + entry.getFileName());
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("cannot list " + directory, e);
    }
    Collections.sort(names);
    return names;
  }

  @Override
  public void rename(String from, String to) throws IOException {
    try {
      Files.move(
          path(from),
          path(to),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failure("cannot rename " + from + " to " + to, e);
    }
  }

  @Override
  public void delete(String name) throws IOException {
    try {
      Files.delete(path(name));
    } catch (IOException e) {
      throw failure("cannot delete " + name, e);
    }
  }

  @Override
  public void forceDirectory(String directory) throws IOException {
    Path path = path(directory);
    try {
      if (!Files.isDirectory(path)) {
        Files.createDirectories(path);
      }
      directoryChannel(path).force(true);
    } catch (IOException e) {
      throw failure("cannot force directory " + directory, e);
    }
  }

  // Stays open, so that rolling a segment never waits for a descriptor.
  private synchronized FileChannel directoryChannel(Path path) throws IOException {
    FileChannel channel = directories.get(path);
    if (channel == null) {
      channel = reserve.open(() -> FileChannel.open(path, StandardOpenOption.READ));
      directories.put(path, channel);
      // The way to a directory must be as durable as its names; once per process is enough.
      if (!path.equals(root)) {
        directoryChannel(parentOf(path)).force(true);
      }
    }
    return channel;
  }

  private Path path(String name) {
    Path path = root.resolve(name).normalize();
    if (!path.startsWith(root)) {
      throw new IllegalArgumentException("name leaves the disk: " + name);
    }
    return path;
  }

  private static Path parentOf(Path path) {
    Path parent = path.getParent();
    return parent == null ? path : parent;
  }

  static IOException failure(String what, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      // Callers tell this case from the others by its class.
      return cause;
    }
    String reason = cause instanceof FileSystemException e ? e.getReason() : cause.getMessage();
    String why = reason == null ? cause.getClass().getSimpleName() : reason;
    return new IOException(what + ": " + why, cause);
  }

  @Override
  public synchronized void close() throws IOException {
    for (FileChannel channel : directories.values()) {
      channel.close();
    }
    directories.clear();
    reserve.close();
  }
}
