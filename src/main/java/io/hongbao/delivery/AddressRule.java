// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Which addresses a receiver may have, so that a webhook cannot be used to reach what only this
 * machine can reach.
 *
 * <p>Judged is the very address that is connected to, after the name was resolved, so that a name
 * that changes its mind gains nothing.
 */
final class AddressRule {

  /** First address and number of leading bits of networks that are not public. */
  private record Network(int first, int bits) {
    boolean holds(int address) {
      return (address ^ first) >>> (Integer.SIZE - bits) == 0;
    }
  }

  // The registry of special-purpose addresses, RFC 6890 and what was added to it since.
  private static final Network[] NOT_PUBLIC = {
    network(0, 0, 0, 8), // this host
    network(10, 0, 0, 8), // private
    network(100, 64, 0, 10), // carriers
    network(127, 0, 0, 8), // loopback
    network(169, 254, 0, 16), // link-local, and the metadata of clouds
    network(172, 16, 0, 12), // private
    network(192, 0, 0, 24), // protocols
    network(192, 0, 2, 24), // documentation
    network(192, 88, 99, 24), // relays of 6to4
    network(192, 168, 0, 16), // private
    network(198, 18, 0, 15), // benchmarks
    network(198, 51, 100, 24), // documentation
    network(203, 0, 113, 24), // documentation
    network(224, 0, 0, 4), // multicast
    network(240, 0, 0, 4) // reserved, broadcast
  };

  private AddressRule() {}

  private static Network network(int a, int b, int c, int bits) {
    return new Network(a << 24 | b << 16 | c << 8, bits);
  }

  /** Whether everybody on the internet means the same by this address. */
  static boolean isPublic(InetAddress address) {
    return switch (address) {
      case Inet4Address four -> isPublic(number(four.getAddress(), 0));
      case Inet6Address six -> isPublic(six.getAddress());
      default -> false;
    };
  }

  private static boolean isPublic(int address) {
    for (Network network : NOT_PUBLIC) {
      if (network.holds(address)) {
        return false;
      }
    }
    return true;
  }

  // Of IPv6 only 2000::/3 is given out; in there some kinds carry an IPv4 address inside.
  private static boolean isPublic(byte[] six) {
    int first = number(six, 0);
    if (first == 0x0064_ff9b) {
      return isPublic(number(six, 12)); // translated to IPv4
    }
    if (first >>> 29 != 1) {
      return false;
    }
    if (first >>> 16 == 0x2002) {
      return isPublic(number(six, 2)); // 6to4
    }
    boolean isTeredo = first == 0x2001_0000;
    boolean isDocumentation = first == 0x2001_0db8 || first >>> 12 == 0x3fff0;
    return !isTeredo && !isDocumentation;
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xff) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | (bytes[at + 3] & 0xff);
  }
}
