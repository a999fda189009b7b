// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.Check;
import io.hongbao.model.Rfc3339;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * Writes JSON straight into bytes, without a tree of objects in between.
 *
 * <p>Used one answer after the other: {@link #reset()}, write, {@link #toBuffer()}. Commas come by
 * themselves; that every object and array is closed, and that a name stands before each value of an
 * object, is checked.
 *
 * <p><b>Thread:</b> one; each event loop keeps its own.
 *
 * <p><b>Limit:</b> grows to the largest answer and then stays; over {@link #KEEP_BYTES_MAX} it
 * gives the memory back at the next reset.
 */
public final class JsonWriter {

  /** What a reset keeps: room for a page of 200 entries of some 300 bytes. */
  static final int KEEP_BYTES_MAX = 64 * 1024;

  private static final int START_BYTES = 1024;
  private static final int DEPTH_MAX = 64;
  // A long has 19 digits and a sign.
  private static final int LONG_BYTES_MAX = 20;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[START_BYTES];
  private int sizeBytes;
  private int depth;
  // Bit n: whether level n is an object.
  private long isObject;
  private boolean needsComma;
  private boolean hasName;

  /** Forgets what was written. */
  public JsonWriter reset() {
    if (bytes.length > KEEP_BYTES_MAX) {
      bytes = new byte[START_BYTES];
    }
    sizeBytes = 0;
    depth = 0;
    isObject = 0;
    needsComma = false;
    hasName = false;
    return this;
  }

  public JsonWriter beginObject() {
    return begin('{', true);
  }

  public JsonWriter endObject() {
    return end('}', true);
  }

  public JsonWriter beginArray() {
    return begin('[', false);
  }

  public JsonWriter endArray() {
    return end(']', false);
  }

  /** Names the value that comes next; the name is one of the contract's, in plain ASCII. */
  public JsonWriter name(String name) {
    Check.that(inObject() && !hasName, "JSON name outside of an object");
    if (needsComma) {
      put(',');
    }
    needsComma = false;
    int length = name.length();
    ensure(length + 3);
    bytes[sizeBytes++] = '"';
    int allBits = 0;
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      allBits |= c;
      bytes[sizeBytes++] = (byte) c;
    }
    Check.atMost(allBits, 0x7f, "character of a JSON name");
    bytes[sizeBytes++] = '"';
    bytes[sizeBytes++] = ':';
    hasName = true;
    return this;
  }

  public JsonWriter value(long number) {
    beforeValue();
    ensure(LONG_BYTES_MAX);
    putLong(number);
    return this;
  }

  public JsonWriter value(boolean flag) {
    beforeValue();
    putAscii(flag ? "true" : "false");
    return this;
  }

  /** A value that was written elsewhere. */
  public JsonWriter raw(byte[] json) {
    beforeValue();
    ensure(json.length);
    System.arraycopy(json, 0, bytes, sizeBytes, json.length);
    sizeBytes += json.length;
    return this;
  }

  /** Half of a surrogate pair, which UTF-8 cannot carry, becomes U+FFFD. */
  public JsonWriter value(String text) {
    beforeValue();
    putText(text);
    return this;
  }

  /** An id: its decimal digits as a string. */
  public JsonWriter id(long id) {
    beforeValue();
    ensure(LONG_BYTES_MAX + 2);
    bytes[sizeBytes++] = '"';
    putLong(id);
    bytes[sizeBytes++] = '"';
    return this;
  }

  /** A time as RFC 3339. */
  public JsonWriter time(long epochMs) {
    beforeValue();
    ensure(Rfc3339.SIZE_BYTES + 2);
    bytes[sizeBytes++] = '"';
    Rfc3339.write(bytes, sizeBytes, epochMs);
    sizeBytes += Rfc3339.SIZE_BYTES;
    bytes[sizeBytes++] = '"';
    return this;
  }

  /** Bytes as a string of lower-case hex. */
  public JsonWriter hex(byte[] data) {
    beforeValue();
    ensure(2 * data.length + 2);
    bytes[sizeBytes++] = '"';
    for (byte b : data) {
      bytes[sizeBytes++] = HEX[(b >> 4) & 0xf];
      bytes[sizeBytes++] = HEX[b & 0xf];
    }
    bytes[sizeBytes++] = '"';
    return this;
  }

  /** Bytes as a string of base64url without padding. */
  public JsonWriter base64Url(byte[] data) {
    beforeValue();
    put('"');
    putBytes(Base64.getUrlEncoder().withoutPadding().encode(data));
    put('"');
    return this;
  }

  /** A position: {@code "partition:sequence"}. */
  public JsonWriter position(int partition, long sequence) {
    beforeValue();
    ensure(2 * LONG_BYTES_MAX + 3);
    bytes[sizeBytes++] = '"';
    putLong(partition);
    bytes[sizeBytes++] = ':';
    putLong(sequence);
    bytes[sizeBytes++] = '"';
    return this;
  }

  /** An amount: {@code {"asset":…,"amount":…}}. */
  public JsonWriter money(String asset, long amountMinor) {
    return beginObject().name("asset").value(asset).name("amount").value(amountMinor).endObject();
  }

  public JsonWriter field(String name, long number) {
    return name(name).value(number);
  }

  public JsonWriter field(String name, boolean flag) {
    return name(name).value(flag);
  }

  public JsonWriter field(String name, String text) {
    return name(name).value(text);
  }

  public int sizeBytes() {
    return sizeBytes;
  }

  /** A copy of the whole document. */
  public byte[] toBytes() {
    checkWhole();
    return Arrays.copyOf(bytes, sizeBytes);
  }

  /** A copy of the whole document, to be sent. */
  public Buffer toBuffer() {
    checkWhole();
    return Buffer.buffer(sizeBytes).appendBytes(bytes, 0, sizeBytes);
  }

  private JsonWriter begin(char bracket, boolean object) {
    beforeValue();
    put(bracket);
    depth++;
    Check.atMost(depth, DEPTH_MAX - 1, "JSON depth");
    isObject = object ? isObject | 1L << depth : isObject & ~(1L << depth);
    needsComma = false;
    return this;
  }

  private JsonWriter end(char bracket, boolean object) {
    Check.that(depth > 0 && inObject() == object && !hasName, "JSON bracket without its partner");
    put(bracket);
    depth--;
    needsComma = true;
    return this;
  }

  private boolean inObject() {
    return (isObject >>> depth & 1) != 0;
  }

  private void beforeValue() {
    Check.that(hasName == inObject(), "JSON value and name do not fit");
    Check.that(depth > 0 || sizeBytes == 0, "second JSON document");
    if (needsComma) {
      put(',');
    }
    needsComma = true;
    hasName = false;
  }

  private void checkWhole() {
    Check.that(depth == 0 && sizeBytes > 0, "JSON document is not whole");
  }

  private void putText(String text) {
    int length = text.length();
    // One char becomes at most six bytes (an escape); two more for the quotes.
    ensure(Math.addExact(Math.multiplyExact(length, 6), 2));
    bytes[sizeBytes++] = '"';
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        i += putUtf8(text, i, c);
      } else if (c >= 0x20 && c != '"' && c != '\\') {
        bytes[sizeBytes++] = (byte) c;
      } else {
        putEscaped(c);
      }
    }
    bytes[sizeBytes++] = '"';
  }

  private void putEscaped(char c) {
    bytes[sizeBytes++] = '\\';
    switch (c) {
      case '"', '\\' -> bytes[sizeBytes++] = (byte) c;
      case '\n' -> bytes[sizeBytes++] = 'n';
      case '\r' -> bytes[sizeBytes++] = 'r';
      case '\t' -> bytes[sizeBytes++] = 't';
      default -> {
        bytes[sizeBytes++] = 'u';
        bytes[sizeBytes++] = '0';
        bytes[sizeBytes++] = '0';
        bytes[sizeBytes++] = HEX[c >> 4];
        bytes[sizeBytes++] = HEX[c & 0xf];
      }
    }
  }

  // Returns how many further chars belong to this character.
  private int putUtf8(String text, int index, char c) {
    if (c < 0x800) {
      bytes[sizeBytes++] = (byte) (0xc0 | c >> 6);
      bytes[sizeBytes++] = (byte) (0x80 | (c & 0x3f));
      return 0;
    }
    boolean isPair =
        Character.isHighSurrogate(c)
            && index + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(index + 1));
    if (isPair) {
      int point = Character.toCodePoint(c, text.charAt(index + 1));
      bytes[sizeBytes++] = (byte) (0xf0 | point >> 18);
      bytes[sizeBytes++] = (byte) (0x80 | (point >> 12 & 0x3f));
      bytes[sizeBytes++] = (byte) (0x80 | (point >> 6 & 0x3f));
      bytes[sizeBytes++] = (byte) (0x80 | (point & 0x3f));
      return 1;
    }
    char shown = Character.isSurrogate(c) ? '\ufffd' : c;
    bytes[sizeBytes++] = (byte) (0xe0 | shown >> 12);
    bytes[sizeBytes++] = (byte) (0x80 | (shown >> 6 & 0x3f));
    bytes[sizeBytes++] = (byte) (0x80 | (shown & 0x3f));
    return 0;
  }

  // Digits from the end; negative all the way, since Long.MIN_VALUE has no positive twin.
  private void putLong(long number) {
    long rest = number < 0 ? number : -number;
    int digits = 1;
    for (long r = rest / 10; r != 0; r /= 10) {
      digits++;
    }
    if (number < 0) {
      bytes[sizeBytes++] = '-';
    }
    for (int i = sizeBytes + digits - 1; i >= sizeBytes; i--) {
      bytes[i] = (byte) ('0' - rest % 10);
      rest /= 10;
    }
    sizeBytes += digits;
  }

  private void putAscii(String text) {
    ensure(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[sizeBytes++] = (byte) text.charAt(i);
    }
  }

  private void putBytes(byte[] data) {
    ensure(data.length);
    System.arraycopy(data, 0, bytes, sizeBytes, data.length);
    sizeBytes += data.length;
  }

  private void put(char c) {
    ensure(1);
    bytes[sizeBytes++] = (byte) c;
  }

  private void ensure(int moreBytes) {
    int needed = Math.addExact(sizeBytes, moreBytes);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, 2 * bytes.length));
    }
  }
}
