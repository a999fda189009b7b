// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
package io.hongbao.client;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands between a client and a server and does what networks do, by the client's own order: the
 * header {@code X-Fault: name:first,second} names what becomes of the first and the second request
 * under that very header; later ones pass.
 *
 * <ul>
 *   <li>{@code cut}: the request never arrives
 *   <li>{@code lose}: it arrives and is carried out, the answer is lost
 *   <li>{@code half}: half of the answer comes
 *   <li>{@code busy}: another one is too busy, come again in 300 ms
 *   <li>{@code junk}: something answers that is no Hongbao
 *   <li>{@code first-N}: the first N bytes of the answer come, such as of a stream
 * </ul>
 */
public final class FaultyProxy implements Closeable {

  private static final Pattern FAULT = Pattern.compile("(?im)^x-fault: *([^\r\n]*)");
  private static final Pattern LENGTH = Pattern.compile("(?im)^content-length: *(\\d+)");

  private static final String BUSY =
      "{\"code\":\"overloaded\",\"retry\":\"after\",\"retry_after_ms\":300,\"status\":503}";

  private final ServerSocket door;
  private final int serverPort;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, AtomicInteger> seen = new ConcurrentHashMap<>();

  /** Opens a door on a free port. */
  public FaultyProxy(int serverPort) throws IOException {
    this.serverPort = serverPort;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** The address that a client uses. */
  public String url() {
    return "http://127.0.0.1:" + door.getLocalPort();
  }

  /** How many requests came under that header. */
  public int requests(String header) {
    AtomicInteger count = seen.get(header);
    return count == null ? 0 : count.get();
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        threads.execute(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  // One request for each connection, in both directions: the simplest that is true to the wire.
  private void serve(Socket client) {
    try (client) {
      String request = read(client.getInputStream());
      Matcher fault = FAULT.matcher(request);
      String action = fault.find() ? next(fault.group(1)) : "pass";
      switch (action) {
        case "cut" -> {}
        case "lose" -> forward(request, OutputStream.nullOutputStream(), Long.MAX_VALUE);
        case "half" -> {
          ByteArrayOutputStream whole = new ByteArrayOutputStream();
          forward(request, whole, Long.MAX_VALUE);
          client.getOutputStream().write(whole.toByteArray(), 0, whole.size() / 2);
        }
        case "busy" -> answer(client, "503 Service Unavailable", "application/problem+json", BUSY);
        case "junk" -> answer(client, "502 Bad Gateway", "text/html", "<html>no</html>");
        case "pass" -> forward(request, client.getOutputStream(), Long.MAX_VALUE);
        default ->
            forward(
                request,
                client.getOutputStream(),
                Long.parseLong(action.substring("first-".length())));
      }
    } catch (IOException gone) {
      // The one or the other has left, which is all that could be told.
    }
  }

  private String next(String header) {
    String[] plan = header.substring(header.indexOf(':') + 1).split(",", -1);
    int number = seen.computeIfAbsent(header, name -> new AtomicInteger()).getAndIncrement();
    return number < plan.length ? plan[number].strip() : "pass";
  }

  private static void answer(Socket client, String status, String type, String body)
      throws IOException {
    client
        .getOutputStream()
        .write(
            "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s"
                .formatted(status, type, body.length(), body)
                .getBytes(StandardCharsets.UTF_8));
  }

  private void forward(String request, OutputStream answer, long bytesMax) throws IOException {
    try (Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort)) {
      String alone =
          request
              .replaceAll("(?im)^connection:[^\r\n]*\r\n", "")
              .replaceFirst("\r\n", "\r\nConnection: close\r\n");
      server.getOutputStream().write(alone.getBytes(StandardCharsets.ISO_8859_1));
      byte[] buffer = new byte[8192];
      InputStream in = server.getInputStream();
      long left = bytesMax;
      for (int count; left > 0 && (count = in.read(buffer)) >= 0; left -= count) {
        answer.write(buffer, 0, (int) Math.min(count, left));
        answer.flush();
      }
    }
  }

  // As Latin-1, which keeps every byte.
  private static String read(InputStream in) throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the client has gone");
      }
      text.append((char) next);
    }
    Matcher length = LENGTH.matcher(text);
    if (length.find()) {
      byte[] body = in.readNBytes(Integer.parseInt(length.group(1)));
      text.append(new String(body, StandardCharsets.ISO_8859_1));
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    door.close();
    threads.shutdownNow();
  }
}
