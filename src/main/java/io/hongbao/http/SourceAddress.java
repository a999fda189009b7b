// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Failed logins".
package io.hongbao.http;

import io.hongbao.config.Addresses;
import io.hongbao.config.Network;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says from which network address a request comes, as far as somebody trusted has seen it.
 *
 * <p>That is the peer of the connection. Only when the peer is a trusted proxy is the last entry of
 * {@code X-Forwarded-For} believed, and only when that is one too the entry before it: everything
 * further left may be the client's invention.
 *
 * <p><b>Thread:</b> any.
 */
final class SourceAddress {

  static final String FORWARDED = "X-Forwarded-For";

  /** Whoever writes more hops than this wants to keep us busy. */
  private static final int HOPS_MAX = 32;

  /** One customer of a provider has at least this much of IPv6, so he is counted as one. */
  private static final int V6_BYTES = 8;

  private final List<Network> trusted;

  SourceAddress(List<Network> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /** The address by which failures are counted: of IPv6 the first half. */
  String of(Call call) {
    SocketAddress peer = call.connection().remoteAddress();
    String host = peer == null ? null : peer.hostAddress();
    return of(host == null ? "" : host, call.headers(FORWARDED));
  }

  String of(String peer, List<String> forwarded) {
    byte[] at = Addresses.parse(withoutZone(peer));
    if (at == null) {
      return "unknown";
    }
    List<String> hops = new ArrayList<>();
    if (!trusted.isEmpty()) {
      forwarded.forEach(header -> Collections.addAll(hops, header.split(",", HOPS_MAX)));
    }
    for (int i = hops.size() - 1; i >= 0 && isTrusted(at); i--) {
      byte[] before = Addresses.parse(withoutPort(hops.get(i).strip()));
      if (before == null) {
        break;
      }
      at = before;
    }
    return HexFormat.of().formatHex(at.length == 4 ? at : Arrays.copyOf(at, V6_BYTES));
  }

  private boolean isTrusted(byte[] address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  private static String withoutZone(String text) {
    int percent = text.indexOf('%');
    return percent < 0 ? text : text.substring(0, percent);
  }

  // 192.0.2.1:4711 and [2001:db8::1]:4711 are written by some proxies.
  private static String withoutPort(String text) {
    int bracket = text.indexOf(']');
    if (text.startsWith("[") && bracket > 0) {
      return text.substring(1, bracket);
    }
    @Nullable String[] parts = text.split(":", 3);
    return parts.length == 2 ? text.substring(0, text.indexOf(':')) : text;
  }
}
