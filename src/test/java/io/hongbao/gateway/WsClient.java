// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.Inflater;

/**
 * A WebSocket client that does exactly what it is told, byte by byte; blocks, with a deadline.
 *
 * <p><b>Thread:</b> one.
 */
public final class WsClient implements AutoCloseable {

  private static final int TIMEOUT_MS = 10_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private final List<String> head = new ArrayList<>();

  /** A frame as it came. */
  public record Got(int opcode, boolean isDeflated, byte[] payload) {
    public String text() {
      return new String(payload, StandardCharsets.UTF_8);
    }

    public int closeCode() {
      return (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    }
  }

  private WsClient(int port, int receiveBytes) throws IOException {
    this(connect(port, receiveBytes));
  }

  private static Socket connect(int port, int receiveBytes) throws IOException {
    Socket socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    return socket;
  }

  private WsClient(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MS);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    out = socket.getOutputStream();
  }

  /** Connects and upgrades. */
  public static WsClient open(int port, String path, String... headers) throws IOException {
    return open(port, path, 0, headers);
  }

  /** The same with a small receive buffer. */
  public static WsClient open(int port, String path, int receiveBytes, String... headers)
      throws IOException {
    WsClient client = new WsClient(port, receiveBytes);
    client.raw(request(path, headers).getBytes(StandardCharsets.US_ASCII));
    client.readHead();
    return client;
  }

  /** Upgrades a connection that is there, such as one of TLS. */
  public static WsClient over(Socket socket, String path, String... headers) throws IOException {
    WsClient client = new WsClient(socket);
    client.raw(request(path, headers).getBytes(StandardCharsets.US_ASCII));
    client.readHead();
    return client;
  }

  /** A bare connection. */
  static WsClient tcp(int port) throws IOException {
    return new WsClient(port, 0);
  }

  /** What a client says to upgrade. */
  static String request(String path, String... headers) {
    StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    text.append("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n");
    text.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  void readHead() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int b = in.readByte();
      if (b == '\n') {
        String text = line.toString(StandardCharsets.US_ASCII).strip();
        if (text.isEmpty()) {
          return;
        }
        head.add(text);
        line.reset();
      } else {
        line.write(b);
      }
    }
  }

  /** Status line and headers of the answer. */
  public List<String> head() {
    return head;
  }

  public void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  public void say(String text) throws IOException {
    raw(frame(0x80 | FrameReader.TEXT, text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A masked frame. */
  public static byte[] frame(int first, byte[] payload) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(first);
    int size = payload.length;
    if (size < 126) {
      bytes.write(0x80 | size);
    } else if (size < 65_536) {
      bytes.write(0x80 | 126);
      bytes.write(size >> 8);
      bytes.write(size);
    } else {
      bytes.write(0x80 | 127);
      for (int shift = 56; shift >= 0; shift -= 8) {
        bytes.write((int) ((long) size >>> shift));
      }
    }
    byte[] mask = {0x37, (byte) 0xfa, 0x21, 0x3d};
    bytes.writeBytes(mask);
    for (int i = 0; i < size; i++) {
      bytes.write(payload[i] ^ mask[i & 3]);
    }
    return bytes.toByteArray();
  }

  /** The next frame. */
  public Got next() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    long size = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
    byte[] payload = new byte[(int) size];
    in.readFully(payload);
    boolean isDeflated = (first & 0x40) != 0;
    return new Got(first & 0xf, isDeflated, isDeflated ? inflate(payload) : payload);
  }

  private static byte[] inflate(byte[] data) throws IOException {
    Inflater inflater = new Inflater(true);
    byte[] input = java.util.Arrays.copyOf(data, data.length + 4);
    input[data.length + 2] = (byte) 0xff;
    input[data.length + 3] = (byte) 0xff;
    inflater.setInput(input);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] chunk = new byte[4096];
    try {
      for (int n = inflater.inflate(chunk); n > 0; n = inflater.inflate(chunk)) {
        all.write(chunk, 0, n);
      }
    } catch (java.util.zip.DataFormatException e) {
      throw new IOException(e);
    } finally {
      inflater.end();
    }
    return all.toByteArray();
  }

  /** The next text as an object; pings are passed over. */
  public JsonObject json() throws IOException {
    while (true) {
      Got got = next();
      if (got.opcode() == FrameReader.TEXT) {
        return new JsonObject(got.text());
      }
      if (got.opcode() == FrameReader.CLOSE) {
        throw new IOException("closed with " + got.closeCode());
      }
    }
  }

  /** The next text with that op. */
  public JsonObject json(String op) throws IOException {
    while (true) {
      JsonObject json = json();
      if (json.getString("op").equals(op)) {
        return json;
      }
      if (json.getString("op").equals("error")) {
        throw new IOException("no " + op + " but " + json.encode());
      }
    }
  }

  /** Reads on until the server closes; the code of its close frame. */
  public int closeCode() throws IOException {
    while (true) {
      Got got = next();
      if (got.opcode() == FrameReader.CLOSE) {
        return got.closeCode();
      }
    }
  }

  InputStream in() {
    return in;
  }

  Socket socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
