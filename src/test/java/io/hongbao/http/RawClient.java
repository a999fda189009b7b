// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A connection on which a test writes whatever bytes it likes. */
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** A request with a body, as bytes. */
  static byte[] request(String method, String path, String headers, byte[] body) {
    var bytes = new ByteArrayOutputStream();
    String head =
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: test\r\nContent-Length: "
            + body.length
            + "\r\n"
            + headers
            + "\r\n";
    bytes.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  void write(String text) throws IOException {
    write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** As {@link #write}, when the other side may have closed by now. */
  void writeIfOpen(byte[] bytes) throws IOException {
    try {
      write(bytes);
    } catch (SocketException closed) {
      // The test looks at the answer.
    }
  }

  /** Status and body of an answer. */
  record Answer(int status, String head, String body) {

    Map<String, List<String>> headers() {
      Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
      for (String line : head.split("\r\n")) {
        int colon = line.indexOf(':');
        if (colon > 0) {
          headers
              .computeIfAbsent(line.substring(0, colon), name -> new ArrayList<>())
              .add(line.substring(colon + 1).trim());
        }
      }
      return headers;
    }
  }

  /** Reads one answer; its body by its length or in chunks. A refusal must look like one. */
  Answer read() throws IOException {
    String head = head();
    int status = Integer.parseInt(head.split(" ", 3)[1]);
    var headers = new Answer(status, head, "").headers();
    String body;
    if (headers.containsKey("Transfer-Encoding")) {
      body = chunks();
    } else {
      int length = Integer.parseInt(headers.getOrDefault("Content-Length", List.of("0")).get(0));
      body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
    Answer answer = new Answer(status, head, body);
    ContractWatch.checkRefusal(status, answer.headers(), body);
    return answer;
  }

  private String chunks() throws IOException {
    var all = new ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      all.write(in.readNBytes(size));
      line();
      if (size == 0) {
        return all.toString(StandardCharsets.UTF_8);
      }
    }
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    while (!line.toString().endsWith("\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed in a chunk");
      }
      line.append((char) next);
    }
    return line.substring(0, line.length() - 2);
  }

  private String head() throws IOException {
    var head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("closed after: " + head);
      }
      head.append((char) next);
    }
    return head.toString();
  }

  /** Reads on until the other side closes; false if it does not in time. */
  boolean isClosedByPeer(int withinMs) throws IOException {
    socket.setSoTimeout(withinMs);
    try {
      while (in.read() >= 0) {
        continue;
      }
      return true;
    } catch (SocketException reset) {
      return true;
    } catch (java.net.SocketTimeoutException stillOpen) {
      return false;
    } finally {
      socket.setSoTimeout(PATIENCE_MS);
    }
  }

  void patience(int milliseconds) throws IOException {
    socket.setSoTimeout(milliseconds);
  }

  /** Closes without a farewell. */
  void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
