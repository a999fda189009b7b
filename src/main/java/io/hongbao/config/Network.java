// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A network in the form {@code address/bits}, or one address.
 *
 * @param address 4 or 16 bytes
 */
public record Network(byte[] address, int bits) {

  /** Reads a network; null when the text is none. Nothing is looked up. */
  public static @Nullable Network parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      return null;
    }
    int bitsMax = address.length * 8;
    if (slash < 0) {
      return new Network(address, bitsMax);
    }
    String bits = text.substring(slash + 1);
    if (!bits.matches("\\d{1,3}") || Integer.parseInt(bits) > bitsMax) {
      return null;
    }
    return new Network(address, Integer.parseInt(bits));
  }

  public boolean contains(byte[] other) {
    if (other.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(address, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((address[whole] ^ other[whole]) & 0xFF) >>> (8 - rest) == 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Network n && bits == n.bits && Arrays.equals(address, n.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + bits;
  }
}
