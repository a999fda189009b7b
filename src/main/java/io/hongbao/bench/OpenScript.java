// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Opens over HTTP, each by its own user at its own packet, singly or in batches.
 *
 * <p>Works through packets that were sent before, some of them at a time in turns, as a burst over
 * many rooms does.
 *
 * <p><b>Thread:</b> the load's.
 */
final class OpenScript implements HttpLoad.Script {

  private static final int ID_DIGITS = 19;
  private static final String OPEN = "POST /v1/red-packets/";

  private final List<byte[]> packets;
  private final byte[][] requests;
  private final long firstUser;
  private final int shares;
  private final int batch;
  private final int live;
  private final byte[] batchHead;
  private int group;
  private int inGroup;
  private int share;
  private long ok;
  private long refused;
  private String firstRefusal = "";

  /**
   * @param packets ids of packets that nobody has opened; used up from the front
   * @param tokens of users {@code firstUser} and following
   * @param batch opens of one call; 1 = the route of one open
   * @param live packets that are opened in turns
   */
  OpenScript(
      List<byte[]> packets,
      List<String> tokens,
      long firstUser,
      int shares,
      int batch,
      String gatewayKey,
      int live) {
    this.live = live;
    this.packets = packets;
    this.firstUser = firstUser;
    this.shares = shares;
    this.batch = batch;
    this.requests = new byte[tokens.size()][];
    for (int i = 0; i < requests.length; i++) {
      requests[i] =
          ascii(
              OPEN
                  + "0000000000000000000/open HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
                  + tokens.get(i)
                  + "\r\nContent-Length: 0\r\n\r\n");
    }
    this.batchHead =
        ascii(
            "POST /v1/red-packets/opens HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer "
                + gatewayKey
                + "\r\nContent-Type: application/json\r\nContent-Length: ");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  long ok() {
    return ok;
  }

  /** How many were refused. */
  long refused() {
    return refused;
  }

  /** What the first of those heard. */
  String firstRefusal() {
    return firstRefusal;
  }

  /** Opens that are left before packets run out. */
  long left() {
    long groups = (packets.size() - (long) group * live) * shares;
    return Math.max(0, groups - (long) share * live - inGroup);
  }

  @Override
  public int next(byte[] target, int connection) {
    return batch == 1 ? one(target) : many(target);
  }

  private int one(byte[] target) {
    int packet = advance();
    if (packet < 0) {
      return 0;
    }
    byte[] request = requests[user(packet)];
    System.arraycopy(request, 0, target, 0, request.length);
    System.arraycopy(packets.get(packet), 0, target, OPEN.length(), ID_DIGITS);
    return request.length;
  }

  // The users of neighbouring packets lie apart, so that each user opens a little of everything.
  private int user(int packet) {
    return (int) ((share + packet * 7L) % requests.length);
  }

  private int advance() {
    int size = Math.min(live, packets.size() - group * live);
    if (inGroup >= size) {
      inGroup = 0;
      share++;
    }
    if (share >= shares) {
      share = 0;
      group++;
    }
    return group * live >= packets.size() ? -1 : group * live + inGroup++;
  }

  private int many(byte[] target) {
    int bodyAt = batchHead.length + 10;
    int at = put(target, bodyAt, "{\"items\":[");
    for (int i = 0; i < batch; i++) {
      int packet = advance();
      if (packet < 0) {
        return 0;
      }
      at = put(target, at, i == 0 ? "{\"packet_id\":\"" : ",{\"packet_id\":\"");
      System.arraycopy(packets.get(packet), 0, target, at, ID_DIGITS);
      at = put(target, at + ID_DIGITS, "\",\"user_id\":\"");
      at = put(target, at, Long.toString(firstUser + user(packet)));
      at = put(target, at, "\"}");
    }
    at = put(target, at, "]}");
    System.arraycopy(batchHead, 0, target, 0, batchHead.length);
    String length = "%6d\r\n\r\n".formatted(at - bodyAt);
    put(target, batchHead.length, length);
    return at;
  }

  private static int put(byte[] target, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      target[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }

  @Override
  public void answered(int connection, int status, byte[] bytes, int bodyAt, int bodyEnd) {
    if (status != 200) {
      if (refused == 0) {
        firstRefusal = new String(bytes, bodyAt, bodyEnd - bodyAt, StandardCharsets.UTF_8);
      }
      refused += batch;
      return;
    }
    if (batch == 1) {
      ok++;
      return;
    }
    int good = count(bytes, bodyAt, bodyEnd);
    ok += good;
    if (good < batch && refused == 0) {
      firstRefusal = new String(bytes, bodyAt, bodyEnd - bodyAt, StandardCharsets.UTF_8);
    }
    refused += batch - good;
  }

  private static final byte[] STATUS_200 = ascii("\"status\":200");

  private static int count(byte[] bytes, int from, int to) {
    int found = 0;
    for (int at = from; at + STATUS_200.length <= to; at++) {
      if (bytes[at] == '"'
          && Arrays.equals(bytes, at, at + STATUS_200.length, STATUS_200, 0, STATUS_200.length)) {
        found++;
        at += STATUS_200.length;
      }
    }
    return found;
  }
}
