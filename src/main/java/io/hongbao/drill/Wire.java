// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One kept connection that asks and waits; it costs the load's side far less than a full client.
 *
 * <p><b>Thread:</b> one at a time; blocks, so a crowd calls from virtual threads.
 *
 * <p><b>Failure:</b> any {@link IOException} means that nobody knows whether the request was
 * carried out. The next request opens a new connection.
 *
 * <p><b>Limit:</b> {@link #ANSWER_MS_MAX} for an answer.
 */
final class Wire implements AutoCloseable {

  static final int ANSWER_MS_MAX = 30_000;

  private static final int CONNECT_MS_MAX = 5_000;
  private static final int BUFFER_BYTES = 4096;
  private static final int LINE_CHARS_MAX = 8192;
  private static final String CAUSE = "Hongbao-Cause: drill\r\n";

  private final IntSupplier port;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  /**
   * @param port where the server is now; asked for each connection, since a restart moves it
   */
  Wire(IntSupplier port) {
    this.port = port;
  }

  Answer ask(Ask ask, String token) throws IOException {
    return exchange("POST", ask.path(), token, ask.hasKey() ? ask.key() : "", ask.body());
  }

  Answer get(String path, String token) throws IOException {
    return exchange("GET", path, token, "", "");
  }

  Answer post(String path, String token, JsonObject body) throws IOException {
    return exchange("POST", path, token, "", body.encode());
  }

  /**
   * Sends a request and reads its answer.
   *
   * @param key the idempotency key, or empty
   * @param body JSON, or empty
   */
  Answer exchange(String method, String path, String token, String key, String body)
      throws IOException {
    try {
      InputStream from = in == null ? connect() : in;
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      StringBuilder head = new StringBuilder(256);
      head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      head.append("Authorization: Bearer ").append(token).append("\r\n").append(CAUSE);
      if (!key.isEmpty()) {
        head.append("Idempotency-Key: ").append(key).append("\r\n");
      }
      if (bytes.length > 0) {
        head.append("Content-Type: application/json\r\n");
      }
      head.append("Content-Length: ").append(bytes.length).append("\r\n\r\n").append(body);
      socket().getOutputStream().write(head.toString().getBytes(StandardCharsets.UTF_8));
      return read(from);
    } catch (IOException lost) {
      close();
      throw lost;
    }
  }

  private Socket socket() throws IOException {
    Socket open = socket;
    if (open == null) {
      throw new EOFException("not connected");
    }
    return open;
  }

  private InputStream connect() throws IOException {
    Socket fresh = new Socket();
    socket = fresh;
    fresh.setTcpNoDelay(true);
    fresh.setSoTimeout(ANSWER_MS_MAX);
    fresh.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getAsInt()), CONNECT_MS_MAX);
    InputStream stream = new BufferedInputStream(fresh.getInputStream(), BUFFER_BYTES);
    in = stream;
    return stream;
  }

  private Answer read(InputStream from) throws IOException {
    String status = line(from);
    if (!status.startsWith("HTTP/1.1 ")) {
      throw new IOException("no HTTP: " + status);
    }
    int lengthBytes = 0;
    boolean replayed = false;
    boolean closes = false;
    for (String line = line(from); !line.isEmpty(); line = line(from)) {
      int colon = line.indexOf(':');
      String name = line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
      String value = line.substring(colon + 1).strip();
      switch (name) {
        case "content-length" -> lengthBytes = Integer.parseInt(value);
        case "idempotent-replayed" -> replayed = true;
        case "connection" -> closes = value.equalsIgnoreCase("close");
        case "transfer-encoding" -> throw new IOException("an answer without length");
        default -> {
          // Nothing that matters here.
        }
      }
    }
    byte[] body = from.readNBytes(lengthBytes);
    if (body.length < lengthBytes) {
      throw new EOFException("cut off in the body");
    }
    if (closes) {
      close();
    }
    JsonObject json =
        body.length > 0 && body[0] == '{'
            ? new JsonObject(new String(body, StandardCharsets.UTF_8))
            : new JsonObject();
    return new Answer(Integer.parseInt(status.substring(9, 12)), json, replayed);
  }

  private static String line(InputStream from) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0) {
        throw new EOFException("cut off in the head");
      }
      if (next != '\r') {
        line.append((char) next);
      }
      if (line.length() > LINE_CHARS_MAX) {
        throw new IOException("a line without end");
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    Socket open = socket;
    socket = null;
    in = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException gone) {
        // It is gone either way.
      }
    }
  }
}
