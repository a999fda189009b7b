// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench.rooms;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * Readers in a process of their own, since one may have some 20,000 sockets; does what it is told
 * by lines on its input.
 *
 * <pre>
 *   open KIND PORT SOURCE ROOM COUNT  connects so many more
 *   watch TEXT                        looks for a text from now on
 *   state                             how it is
 * </pre>
 *
 * <p>Each is answered with {@code done JOINED CLOSED MARKED GAPS}.
 */
public final class FanOutProcess {

  private FanOutProcess() {}

  /** Obeys until the input ends. */
  public static void run(PrintStream out) throws Exception {
    try (FanOutClients json = new FanOutClients(ReaderKind.JSON, true);
        FanOutClients binary = new FanOutClients(ReaderKind.BINARY, true);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      out.println("listening 0");
      out.flush();
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        switch (words[0]) {
          case "open" ->
              (ReaderKind.valueOf(words[1]) == ReaderKind.BINARY ? binary : json)
                  .open(
                      new InetSocketAddress("127.0.0.1", Integer.parseInt(words[2])),
                      words[3],
                      Long.parseLong(words[4]),
                      Integer.parseInt(words[5]));
          case "watch" -> {
            json.watchFor(words[1]);
            binary.watchFor(words[1]);
          }
          case "state" -> {}
          default -> throw new IllegalArgumentException(words[0]);
        }
        out.println(
            "done %d %d %d %d"
                .formatted(
                    json.joined() + binary.joined(),
                    json.closed() + binary.closed(),
                    json.marked() + binary.marked(),
                    json.gaps() + binary.gaps()));
        out.flush();
      }
    }
  }
}
