// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What Linux says about the sockets of this machine. */
final class Kernel {

  private static final int HEX = 16;

  private Kernel() {}

  /**
   * Most that the kernel keeps to be sent by one socket of a local port; 0 where it is no Linux.
   */
  static long sendQueueBytesMax(int port) throws IOException {
    long most = 0;
    for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
      if (Files.exists(table)) {
        for (String line : Files.readAllLines(table)) {
          // sl, local address:port, remote address:port, state, send queue:receive queue, …
          String[] columns = line.strip().split("\\s+", -1);
          if (columns.length > 4 && columns[1].endsWith(":%04X".formatted(port))) {
            most = Math.max(most, Long.parseLong(columns[4].split(":", -1)[0], HEX));
          }
        }
      }
    }
    return most;
  }
}
