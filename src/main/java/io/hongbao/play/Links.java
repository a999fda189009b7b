// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Collections;
import java.util.List;

/** Under which address and port the page is reached. */
final class Links {

  private static final String LOOPBACK = "127.0.0.1";

  private Links() {}

  /** The wanted port, else the usual one, else a free one. */
  static int port(int wanted) throws IOException {
    if (wanted != 0) {
      return wanted;
    }
    try {
      return open(PlayOptions.PORT_DEFAULT);
    } catch (IOException taken) {
      return open(0);
    }
  }

  private static int open(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(port));
      return socket.getLocalPort();
    }
  }

  /** This machine as a phone beside it sees it; the loopback address when there is no network. */
  static String localHost() throws SocketException {
    for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
      if (network.isUp() && !network.isLoopback() && !network.isVirtual()) {
        List<InetAddress> addresses = Collections.list(network.getInetAddresses());
        for (InetAddress address : addresses) {
          if (address.getAddress().length == 4 && !address.isLinkLocalAddress()) {
            return address.getHostAddress();
          }
        }
      }
    }
    return LOOPBACK;
  }
}
