// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.netty.buffer.ByteBuf;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests of the routes that make up nearly all of a storm straight from the bytes that came
 * in, without an object for each header.
 *
 * <p>Strict where Vert.x is kind: takes only one whole request in the plainest form there is, all
 * in one read, so that the two can never differ about where a request ends. All else is left to
 * Vert.x, byte for byte; see {@link Verdict}.
 *
 * <p><b>Thread:</b> one event loop's: what was read stays here until the next read.
 */
final class DirectParser {

  /** What is to be done with the bytes. */
  enum Verdict {
    /** A request that is served here. */
    DIRECT,
    /** One whole request for Vert.x; behind it begins the next one. */
    WHOLE,
    /** Anything else: the connection is Vert.x' from now on. */
    UNKNOWN
  }

  /** More is no open. */
  static final int BYTES_MAX = 8 * 1024;

  private static final byte[] METHOD = ascii("POST ");
  private static final byte[] PATH = ascii("/v1/red-packets/");
  private static final byte[] OPEN = ascii("/open");
  private static final byte[] GRAB = ascii("/grab");
  private static final byte[] VERSION = ascii(" HTTP/1.1\r\n");
  private static final int ID_DIGITS = 19;
  private static final int LENGTH_DIGITS_MAX = 5;

  /** Headers that direct routes look at; each may come once. */
  private static final AsciiString[] KNOWN = {
    new AsciiString("Authorization"),
    new AsciiString(RequestIds.HEADER),
    new AsciiString("Content-Type"),
    new AsciiString("Content-Encoding"),
    new AsciiString(Authenticator.USER_HEADER),
    new AsciiString(Cause.HEADER),
    new AsciiString("Origin"),
    new AsciiString(SourceAddress.FORWARDED),
  };

  private static final AsciiString HOST = new AsciiString("Host");
  private static final AsciiString LENGTH = new AsciiString("Content-Length");
  private static final AsciiString CONNECTION = new AsciiString("Connection");
  private static final AsciiString KEEP_ALIVE = new AsciiString("keep-alive");

  /** What changes how a request or its answer is framed. */
  private static final AsciiString[] FRAMING = {
    new AsciiString("Transfer-Encoding"),
    new AsciiString("Upgrade"),
    new AsciiString("Expect"),
    new AsciiString("TE"),
    new AsciiString("Trailer"),
    new AsciiString("HTTP2-Settings"),
    new AsciiString("Keep-Alive"),
    new AsciiString("Proxy-Connection"),
    // To Netty a request with both, from before RFC 6455, has a body of 8 bytes.
    new AsciiString("Sec-WebSocket-Key1"),
    new AsciiString("Sec-WebSocket-Key2"),
  };

  private final byte[] bytes = new byte[BYTES_MAX];
  private @Nullable String[] values = new @Nullable String[KNOWN.length];
  private boolean isOpen;
  private int idAt;
  private boolean hasHost;
  private int bodyBytes;
  private int at;
  private int end;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Looks at bytes that begin a request, without taking them. */
  Verdict read(ByteBuf in) {
    end = in.readableBytes();
    if (end > BYTES_MAX) {
      return Verdict.UNKNOWN;
    }
    in.getBytes(in.readerIndex(), bytes, 0, end);
    at = 0;
    hasHost = false;
    bodyBytes = -1;
    values = new @Nullable String[KNOWN.length];
    boolean isDirect = readTarget();
    if (!isDirect && !skipRequestLine()) {
      return Verdict.UNKNOWN;
    }
    while (at < end && bytes[at] != '\r') {
      if (!readHeader()) {
        return Verdict.UNKNOWN;
      }
    }
    int bodyAt = at + 2;
    boolean isWhole =
        bodyAt <= end && bytes[at + 1] == '\n' && hasHost && bodyAt + Math.max(0, bodyBytes) == end;
    if (!isWhole) {
      return Verdict.UNKNOWN;
    }
    at = bodyAt;
    return isDirect ? Verdict.DIRECT : Verdict.WHOLE;
  }

  /** Whether the packet is to be opened; else grabbed. */
  boolean isOpen() {
    return isOpen;
  }

  String packetId() {
    return new String(bytes, idAt, ID_DIGITS, StandardCharsets.US_ASCII);
  }

  /** The headers that came; the caller's from here on. */
  @Nullable String[] values() {
    return values;
  }

  byte[] body() {
    byte[] body = new byte[end - at];
    System.arraycopy(bytes, at, body, 0, body.length);
    return body;
  }

  /** The place of a header among {@link #values()}. */
  static int indexOf(CharSequence name) {
    for (int i = 0; i < KNOWN.length; i++) {
      if (KNOWN[i].length() == name.length() && KNOWN[i].contentEqualsIgnoreCase(name)) {
        return i;
      }
    }
    throw new IllegalStateException("direct routes do not look at " + name);
  }

  // A direct route's request line, or nothing is read.
  private boolean readTarget() {
    int idFrom = METHOD.length + PATH.length;
    int actionFrom = idFrom + ID_DIGITS;
    int lineEnd = actionFrom + OPEN.length + VERSION.length;
    if (end < lineEnd
        || !isAt(0, METHOD)
        || !isAt(METHOD.length, PATH)
        || !isAt(actionFrom + OPEN.length, VERSION)) {
      return false;
    }
    for (int i = idFrom; i < actionFrom; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
    }
    isOpen = isAt(actionFrom, OPEN);
    if (!isOpen && !isAt(actionFrom, GRAB)) {
      return false;
    }
    idAt = idFrom;
    at = lineEnd;
    return true;
  }

  private boolean isAt(int place, byte[] text) {
    for (int i = 0; i < text.length; i++) {
      if (bytes[place + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  // METHOD target HTTP/1.1, with one space each and nothing strange in between.
  private boolean skipRequestLine() {
    int i = 0;
    while (i < end && bytes[i] >= 'A' && bytes[i] <= 'Z') {
      i++;
    }
    if (i == 0 || i == end || bytes[i] != ' ') {
      return false;
    }
    int targetAt = ++i;
    while (i < end && bytes[i] > ' ' && bytes[i] < 0x7f) {
      i++;
    }
    boolean isTooLong = i + VERSION.length - 2 > EdgeOptions.REQUEST_LINE_BYTES_MAX;
    if (i == targetAt || isTooLong || i + VERSION.length > end || !isAt(i, VERSION)) {
      return false;
    }
    at = i + VERSION.length;
    return true;
  }

  private boolean readHeader() {
    int nameAt = at;
    int i = at;
    while (i < end && isToken(bytes[i])) {
      i++;
    }
    int nameEnd = i;
    if (nameEnd == nameAt || i == end || bytes[i++] != ':') {
      return false;
    }
    while (i < end && (bytes[i] == ' ' || bytes[i] == '\t')) {
      i++;
    }
    int valueAt = i;
    while (i < end && ((bytes[i] >= ' ' && bytes[i] < 0x7f) || bytes[i] == '\t')) {
      i++;
    }
    if (i + 1 >= end || bytes[i] != '\r' || bytes[i + 1] != '\n') {
      return false;
    }
    at = i + 2;
    while (i > valueAt && (bytes[i - 1] == ' ' || bytes[i - 1] == '\t')) {
      i--;
    }
    return keep(nameAt, nameEnd - nameAt, valueAt, i);
  }

  private boolean keep(int nameAt, int nameBytes, int valueAt, int valueEnd) {
    if (isName(nameAt, nameBytes, HOST)) {
      boolean isFirst = !hasHost;
      hasHost = true;
      return isFirst;
    }
    if (isName(nameAt, nameBytes, LENGTH)) {
      return bodyBytes < 0 && readLength(valueAt, valueEnd);
    }
    if (isName(nameAt, nameBytes, CONNECTION)) {
      return isName(valueAt, valueEnd - valueAt, KEEP_ALIVE);
    }
    for (int i = 0; i < KNOWN.length; i++) {
      if (isName(nameAt, nameBytes, KNOWN[i])) {
        boolean isFirst = values[i] == null;
        values[i] = new String(bytes, valueAt, valueEnd - valueAt, StandardCharsets.US_ASCII);
        return isFirst;
      }
    }
    for (AsciiString framing : FRAMING) {
      if (isName(nameAt, nameBytes, framing)) {
        return false;
      }
    }
    return true;
  }

  private boolean readLength(int from, int to) {
    if (from == to || to - from > LENGTH_DIGITS_MAX) {
      return false;
    }
    int length = 0;
    for (int i = from; i < to; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return false;
      }
      length = 10 * length + bytes[i] - '0';
    }
    bodyBytes = length;
    return true;
  }

  private boolean isName(int from, int length, AsciiString name) {
    if (length != name.length()) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (lower(bytes[from + i]) != lower(name.byteAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static int lower(byte b) {
    return b >= 'A' && b <= 'Z' ? b + ('a' - 'A') : b;
  }

  // RFC 9110, section 5.6.2.
  private static boolean isToken(byte b) {
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || (b > ' ' && b < 0x7f && "!#$%&'*+-.^_`|~".indexOf(b) >= 0);
  }
}
