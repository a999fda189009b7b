// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Sends packets over HTTP and collects their ids, a fixed number of them.
 *
 * <p><b>Thread:</b> the load's.
 */
final class SendScript implements HttpLoad.Script {

  private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int ID_DIGITS = 19;

  private final List<String> tokens;
  private final List<byte[]> ids = new ArrayList<>();
  private final String body;
  private final String runName;
  private final int wanted;
  private int asked;
  private int refused;

  SendScript(List<String> tokens, long roomId, int shares, int wanted, String runName) {
    this.tokens = tokens;
    this.wanted = wanted;
    this.runName = runName;
    this.body =
        ("{\"kind\":\"lucky\",\"total\":{\"asset\":\"CNY\",\"amount\":%d},\"count\":%d,"
                + "\"grab_mode\":\"classic\",\"audience\":{\"room_id\":\"%d\"}}")
            .formatted(shares * 100L, shares, roomId);
  }

  List<byte[]> ids() {
    return ids;
  }

  int refused() {
    return refused;
  }

  @Override
  public int next(byte[] target, int connection) {
    if (asked >= wanted) {
      return 0;
    }
    String request =
        "POST /v1/red-packets HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
            + tokens.get(asked % tokens.size())
            + "\r\nContent-Type: application/json\r\nIdempotency-Key: "
            + runName
            + asked
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body;
    asked++;
    byte[] bytes = request.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, target, 0, bytes.length);
    return bytes.length;
  }

  @Override
  public void answered(int connection, int status, byte[] bytes, int bodyAt, int bodyEnd) {
    if (status != 201 && status != 202) {
      refused++;
      return;
    }
    for (int at = bodyAt; at + ID.length + ID_DIGITS < bodyEnd; at++) {
      if (Arrays.equals(bytes, at, at + ID.length, ID, 0, ID.length)) {
        ids.add(Arrays.copyOfRange(bytes, at + ID.length, at + ID.length + ID_DIGITS));
        return;
      }
    }
  }
}
