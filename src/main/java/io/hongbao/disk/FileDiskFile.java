// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** One open file of a {@link FileDisk}; direct buffers are passed on without a copy. */
final class FileDiskFile implements DiskFile {

  private final String name;
  private final FileChannel channel;
  private final DescriptorReserve reserve;

  FileDiskFile(String name, FileChannel channel, DescriptorReserve reserve) {
    this.name = name;
    this.channel = channel;
    this.reserve = reserve;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long sizeBytes() throws IOException {
    try {
      return channel.size();
    } catch (IOException e) {
      throw FileDisk.failure("cannot tell the size of " + name, e);
    }
  }

  @Override
  public void write(long offset, ByteBuffer source) throws IOException {
    try {
      long at = offset;
      while (source.hasRemaining()) {
        at += channel.write(source, at);
      }
    } catch (IOException e) {
      throw FileDisk.failure("cannot write to " + name + " at " + offset, e);
    }
  }

  @Override
  public int read(long offset, ByteBuffer target) throws IOException {
    try {
      return Math.max(0, channel.read(target, offset));
    } catch (IOException e) {
      throw FileDisk.failure("cannot read " + name + " at " + offset, e);
    }
  }

  @Override
  public void force() throws IOException {
    try {
      // Data and size, not times: half the cost, and times are never looked at.
      channel.force(false);
    } catch (IOException e) {
      throw FileDisk.failure("cannot force " + name, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    reserve.rearm();
  }
}
