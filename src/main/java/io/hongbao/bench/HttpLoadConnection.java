// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * One connection of a {@link HttpLoad}: one request, then one answer with a Content-Length.
 *
 * <p><b>Thread:</b> the load's.
 */
final class HttpLoadConnection {

  private static final byte[] LENGTH =
      "content-length:".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  private static final int REQUEST_BYTES_MAX = 256 * 1024;
  private static final int NOT_KNOWN = -1;

  private final int index;
  private final SocketChannel channel;
  private final byte[] request = new byte[REQUEST_BYTES_MAX];
  private final ByteBuffer out = ByteBuffer.allocateDirect(REQUEST_BYTES_MAX);
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private byte[] bytes = new byte[16 * 1024];
  private int filled;
  private int bodyAt = NOT_KNOWN;
  private int bodyEnd;
  private long dueNanos;

  HttpLoadConnection(int index, InetSocketAddress address, Selector selector) throws IOException {
    this.index = index;
    this.channel = SocketChannel.open(address);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  int index() {
    return index;
  }

  byte[] request() {
    return request;
  }

  long dueNanos() {
    return dueNanos;
  }

  byte[] bytes() {
    return bytes;
  }

  int bodyAt() {
    return bodyAt;
  }

  int bodyEnd() {
    return bodyEnd;
  }

  void send(int length, long due) throws IOException {
    dueNanos = due;
    out.clear().put(request, 0, length).flip();
    while (out.hasRemaining()) {
      // A request is smaller than a socket's buffer, so this does not spin.
      channel.write(out);
    }
  }

  /** Reads what is there; true when the answer is whole. */
  boolean readAnswer() throws IOException {
    in.clear();
    int read = channel.read(in);
    if (read < 0) {
      throw new EOFException("the server closed a connection");
    }
    in.flip();
    if (filled + read > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(filled + read, 2 * bytes.length));
    }
    in.get(bytes, filled, read);
    filled += read;
    if (bodyAt == NOT_KNOWN) {
      findBody();
    }
    return bodyAt != NOT_KNOWN && filled >= bodyEnd;
  }

  int status() {
    return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
  }

  private void findBody() {
    int length = 0;
    for (int at = 0; at + 1 < filled; at++) {
      if (bytes[at] != '\n') {
        continue;
      }
      if (bytes[at + 1] == '\r') {
        if (at + 2 < filled) {
          bodyAt = at + 3;
          bodyEnd = bodyAt + length;
        }
        return;
      }
      if ((bytes[at + 1] | 0x20) == 'c' && isLength(at + 1)) {
        length = number(at + 1 + LENGTH.length);
      }
    }
  }

  private boolean isLength(int at) {
    if (at + LENGTH.length >= filled) {
      return false;
    }
    for (int i = 0; i < LENGTH.length; i++) {
      if ((bytes[at + i] | 0x20) != (LENGTH[i] | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private int number(int from) {
    int value = 0;
    for (int at = from; at < filled && bytes[at] != '\r'; at++) {
      if (bytes[at] != ' ') {
        value = value * 10 + bytes[at] - '0';
      }
    }
    return value;
  }

  void reset() {
    filled = 0;
    bodyAt = NOT_KNOWN;
  }

  void close() throws IOException {
    channel.close();
  }
}
