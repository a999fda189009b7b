// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Reads network addresses as texts, without ever asking a name server. */
public final class Addresses {

  private static final int LENGTH_MAX = 45;

  private Addresses() {}

  /**
   * Reads an address.
   *
   * @return 4 bytes, also for an IPv4 address in IPv6 clothes, or 16 bytes; null for anything else
   */
  public static byte @Nullable [] parse(String text) {
    // Only what cannot be a name reaches the JDK, which would look a name up.
    boolean isV6 = text.indexOf(':') >= 0 && text.matches("[0-9A-Fa-f:.]{2,45}");
    boolean isV4 = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
    if (text.length() > LENGTH_MAX || !(isV4 || isV6)) {
      return null;
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException notAnAddress) {
      return null;
    }
  }
}
