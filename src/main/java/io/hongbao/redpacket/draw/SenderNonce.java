// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket.draw;

import io.hongbao.model.Check;
import java.util.Arrays;
import java.util.Base64;

/**
 * Bytes that the sender chose and that the commitment covers; none is as good as empty.
 *
 * <p><b>Invariant:</b> at most {@link #SIZE_BYTES_MAX} bytes, never changed after creation.
 */
public final class SenderNonce {

  /** Room for a SHA-512; more would only make messages longer. */
  public static final int SIZE_BYTES_MAX = 64;

  public static final SenderNonce NONE = new SenderNonce(new byte[0]);

  private final byte[] bytes;

  private SenderNonce(byte[] bytes) {
    this.bytes = bytes;
  }

  public static SenderNonce ofBytes(byte[] bytes) {
    Check.atMost(bytes.length, SIZE_BYTES_MAX, "nonce size");
    return bytes.length == 0 ? NONE : new SenderNonce(bytes.clone());
  }

  /**
   * Reads the form that stands in JSON: base64url, padding allowed and not needed.
   *
   * @throws IllegalArgumentException when the text is not base64url or holds too many bytes
   */
  public static SenderNonce ofBase64Url(String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (bytes.length > SIZE_BYTES_MAX) {
      throw new IllegalArgumentException("a nonce has at most " + SIZE_BYTES_MAX + " bytes");
    }
    return ofBytes(bytes);
  }

  public int sizeBytes() {
    return bytes.length;
  }

  public boolean isNone() {
    return bytes.length == 0;
  }

  public void writeTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  public String base64Url() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SenderNonce that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return base64Url();
  }
}
