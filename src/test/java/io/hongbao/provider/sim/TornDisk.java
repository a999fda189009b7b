// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.disk.Disk;
import io.hongbao.disk.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what was forced. {@link #afterCrash} is the disk as it is found after
 * the power went: names that were forced, forced content, and as much of the rest as the test
 * wants.
 */
final class TornDisk implements Disk {

  private static final class Content {
    byte[] bytes = new byte[0];
    byte[] forced = new byte[0];
  }

  private final Map<String, Content> names = new TreeMap<>();
  private Map<String, Content> forcedNames = new TreeMap<>();

  /** When set, the next force fails with this text. */
  @Nullable String forceFails;

  int forces;

  /** Keeps so many bytes of what each file had beyond its forced content. */
  TornDisk afterCrash(int unforcedBytesKept) {
    var found = new TornDisk();
    forcedNames.forEach(
        (name, content) -> {
          int length = Math.min(content.bytes.length, content.forced.length + unforcedBytesKept);
          var kept = new Content();
          kept.bytes = Arrays.copyOf(content.forced, length);
          int from = Math.min(content.forced.length, length);
          System.arraycopy(content.bytes, from, kept.bytes, from, length - from);
          kept.forced = kept.bytes;
          found.names.put(name, kept);
        });
    found.forcedNames = new TreeMap<>(found.names);
    return found;
  }

  byte[] bytes(String name) {
    return content(name).bytes;
  }

  void overwrite(String name, byte[] bytes) {
    content(name).bytes = bytes;
    content(name).forced = bytes;
  }

  @Override
  public DiskFile create(String name, long sizeBytes) throws IOException {
    if (names.containsKey(name)) {
      throw new IOException("exists: " + name);
    }
    var content = new Content();
    content.bytes = new byte[(int) sizeBytes];
    names.put(name, content);
    return new File(name, content);
  }

  @Override
  public DiskFile open(String name) {
    return new File(name, content(name));
  }

  @Override
  public DiskFile openForRead(String name) {
    return open(name);
  }

  @Override
  public boolean exists(String name) {
    return names.containsKey(name);
  }

  @Override
  public List<String> list(String directory) {
    return names.keySet().stream().filter(name -> name.startsWith(directory + "/")).toList();
  }

  @Override
  public void rename(String from, String to) {
    Content content = content(from);
    names.remove(from);
    names.put(to, content);
  }

  @Override
  public void delete(String name) {
    names.remove(name);
  }

  @Override
  public void forceDirectory(String directory) {
    forcedNames = new TreeMap<>(names);
  }

  private Content content(String name) {
    Content content = names.get(name);
    if (content == null) {
      throw new AssertionError("no such file: " + name);
    }
    return content;
  }

  private final class File implements DiskFile {

    private final String name;
    private final Content content;

    File(String name, Content content) {
      this.name = name;
      this.content = content;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long sizeBytes() {
      return content.bytes.length;
    }

    @Override
    public void write(long offset, ByteBuffer source) {
      int end = (int) offset + source.remaining();
      // A copy, so that what was forced stays as it was forced.
      content.bytes = Arrays.copyOf(content.bytes, Math.max(end, content.bytes.length));
      source.get(content.bytes, (int) offset, source.remaining());
    }

    @Override
    public int read(long offset, ByteBuffer target) {
      // Short reads are allowed, so there are some.
      int count = (int) Math.min(Math.min(target.remaining(), 1000), sizeBytes() - offset);
      if (count <= 0) {
        return 0;
      }
      target.put(content.bytes, (int) offset, count);
      return count;
    }

    @Override
    public void force() throws IOException {
      if (forceFails != null) {
        throw new IOException(forceFails);
      }
      forces++;
      content.forced = content.bytes;
    }

    @Override
    public void close() {}
  }
}
