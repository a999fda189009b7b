// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rate limits".
package io.hongbao.http;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.util.Set;

/**
 * From where a request comes: the peer, or what a trusted proxy says of it.
 *
 * <p>Of X-Forwarded-For the last address counts that no trusted proxy has: what stands before it
 * anybody may have written.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class ClientAddress {

  /** The header's last part; more is not looked at. */
  private static final int HOPS_MAX = 8;

  private static final int ADDRESS_LENGTH_MAX = 45;
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String UNKNOWN = "unknown";

  private final Set<String> trustedProxies;

  ClientAddress(Set<String> trustedProxies) {
    this.trustedProxies = Set.copyOf(trustedProxies);
  }

  /** The address as text. */
  String of(HttpServerRequest request) {
    SocketAddress peer = request.remoteAddress();
    String address = peer == null || peer.hostAddress() == null ? UNKNOWN : peer.hostAddress();
    if (trustedProxies.isEmpty() || !trustedProxies.contains(address)) {
      return address;
    }
    String hops = String.join(",", request.headers().getAll(FORWARDED_FOR));
    int end = hops.length();
    for (int hop = 0; hop < HOPS_MAX && end > 0; hop++) {
      int comma = hops.lastIndexOf(',', end - 1);
      String said = hops.substring(comma + 1, end).strip();
      if (said.isEmpty() || said.length() > ADDRESS_LENGTH_MAX) {
        return address;
      }
      address = said;
      if (!trustedProxies.contains(said)) {
        return address;
      }
      end = comma;
    }
    return address;
  }

  /**
   * A number for the address; of IPv6 the network's half, since the other half is its owner's to
   * choose.
   */
  static long callerOf(String address) {
    int colons = 0;
    int end = address.length();
    for (int i = 0; i < address.length() && !address.contains("."); i++) {
      if (address.charAt(i) == ':' && ++colons == 4) {
        end = i;
      }
    }
    long hash = 1125899906842597L;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + address.charAt(i);
    }
    return hash;
  }
}
