// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The opening handshake of RFC 6455, the server's side.
 *
 * @param problem why it cannot be; null when it can
 * @param accept proves that we know the protocol
 * @param protocol that was agreed on; null for none
 * @param deflates whether both compress, each message by itself
 */
record Handshake(
    @Nullable String problem, String accept, @Nullable String protocol, boolean deflates) {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_BYTES = 16;
  private static final String DEFLATE = "permessage-deflate";

  /**
   * Reads a request that has {@code Upgrade: websocket}.
   *
   * @param own protocol that is spoken here; null for one without a name, which never compresses
   */
  static Handshake of(HttpServerRequest request, @Nullable String own) {
    String key = request.getHeader("Sec-WebSocket-Key");
    if (request.version() != HttpVersion.HTTP_1_1 || !hasToken(request, "upgrade")) {
      return bad("The request has no Connection: Upgrade.");
    }
    if (!"13".equals(request.getHeader("Sec-WebSocket-Version"))) {
      request.response().putHeader("Sec-WebSocket-Version", "13");
      return bad("Sec-WebSocket-Version must be 13.");
    }
    if (key == null || !isKey(key)) {
      return bad("Sec-WebSocket-Key must be 16 bytes in base64.");
    }
    String protocol = null;
    String wanted = request.getHeader("Sec-WebSocket-Protocol");
    if (wanted != null && own != null) {
      for (String one : wanted.split(",", -1)) {
        protocol = one.strip().equals(own) ? own : protocol;
      }
      if (protocol == null) {
        return bad("The only protocol here is " + own + ".");
      }
    }
    return new Handshake(null, accept(key), protocol, own != null && mayDeflate(request));
  }

  private static Handshake bad(String problem) {
    return new Handshake(problem, "", null, false);
  }

  private static boolean hasToken(HttpServerRequest request, String token) {
    for (String header : request.headers().getAll(HttpHeaders.CONNECTION)) {
      for (String one : header.split(",", -1)) {
        if (one.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isKey(String key) {
    try {
      return Base64.getDecoder().decode(key.strip()).length == KEY_BYTES;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  // An offer may name parameters that we do not follow (a smaller window): then it is not taken.
  private static boolean mayDeflate(HttpServerRequest request) {
    for (String header : request.headers().getAll("Sec-WebSocket-Extensions")) {
      for (String offer : header.split(",", -1)) {
        String[] parts = offer.strip().toLowerCase(Locale.ROOT).split(";", -1);
        boolean isGood = parts[0].strip().equals(DEFLATE);
        for (int i = 1; i < parts.length; i++) {
          String name = parts[i].strip();
          isGood &=
              name.equals("server_no_context_takeover")
                  || name.equals("client_no_context_takeover")
                  || name.equals("client_max_window_bits")
                  || name.startsWith("client_max_window_bits=")
                  || name.equals("server_max_window_bits=15");
        }
        if (isGood) {
          return true;
        }
      }
    }
    return false;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      byte[] hash = sha1.digest((key.strip() + GUID).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }

  /** The answer as bytes. */
  ByteBuf answer(ByteBufAllocator alloc) {
    StringBuilder text = new StringBuilder(256);
    text.append(
        "HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: Upgrade\r\n");
    text.append("sec-websocket-accept: ").append(accept).append("\r\n");
    if (protocol != null) {
      text.append("sec-websocket-protocol: ").append(protocol).append("\r\n");
    }
    if (deflates) {
      text.append("sec-websocket-extensions: ").append(DEFLATE);
      text.append("; server_no_context_takeover; client_no_context_takeover\r\n");
    }
    text.append("\r\n");
    ByteBuf bytes = alloc.directBuffer(text.length());
    bytes.writeCharSequence(text, StandardCharsets.US_ASCII);
    return bytes;
  }
}
