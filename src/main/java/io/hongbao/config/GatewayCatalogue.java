// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import static io.hongbao.config.Declare.automatic;
import static io.hongbao.config.Declare.bytes;
import static io.hongbao.config.Declare.duration;
import static io.hongbao.config.Declare.whole;

import io.hongbao.config.Setting.Secrecy;
import java.util.ArrayList;
import java.util.List;

/** The part of the catalogue about connections that read rooms. */
public final class GatewayCatalogue {

  private static final List<Setting> ALL = new ArrayList<>();

  private static final long KIB = 1L << 10;
  private static final long MIB = 1L << 20;
  private static final long SECOND_MS = 1_000;
  private static final long HOUR_MS = 3_600 * SECOND_MS;

  public static final Setting CONNECTIONS_MAX =
      declare(
          "Connections that read rooms; auto is what the limit of open files leaves beside"
              + " http.connections_max.",
          automatic(
              "gateway.connections_max",
              SettingType.INT,
              1,
              10_000_000,
              "connections",
              Secrecy.PUBLIC));
  public static final Setting PER_ADDRESS_MAX =
      declare(
          "Such connections from one network address; many people may share one.",
          whole("gateway.per_address_max", 1_000, 1, 10_000_000, "connections"));
  public static final Setting PER_USER_MAX =
      declare("Such connections of one user.", whole("gateway.per_user_max", 10, 1, 1_000, ""));
  public static final Setting ROOMS_MAX =
      declare(
          "Rooms that one connection may be in.", whole("gateway.rooms_max", 8, 1, 1_000, "rooms"));
  public static final Setting MESSAGE_BYTES_MAX =
      declare(
          "Longest message of a client; sending is HTTP, so these are short.",
          bytes("gateway.message_bytes_max", 4 * KIB, 256, MIB));
  public static final Setting MESSAGES_PER_S =
      declare(
          "Messages a second of one client, over ten seconds.",
          whole("gateway.messages_per_s", 10, 1, 10_000, "messages"));
  public static final Setting OUTBOX_BYTES =
      declare(
          "What may wait for one client that does not read, in this process and in the kernel.",
          bytes("gateway.outbox_bytes", 128 * KIB, 16 * KIB, 64 * MIB));
  public static final Setting RING_BYTES =
      declare(
          "Frames that the slow readers of one room and form share on one loop; who is further"
              + " behind is told what it lost.",
          bytes("gateway.ring_bytes", 512 * KIB, 64 * KIB, 256 * MIB));
  public static final Setting PING_AFTER =
      declare(
          "Silence after which a client is asked whether it lives.",
          duration("gateway.ping_after", 30 * SECOND_MS, SECOND_MS, HOUR_MS));
  public static final Setting IDLE_TIMEOUT =
      declare(
          "Silence after which a client is cut off.",
          duration("gateway.idle_timeout", 75 * SECOND_MS, 2 * SECOND_MS, HOUR_MS));
  public static final Setting HELLO_TIMEOUT =
      declare(
          "Time in which a client must have said which room it wants.",
          duration("gateway.hello_timeout", 10 * SECOND_MS, SECOND_MS, 120 * SECOND_MS));
  public static final Setting PRESENCE_EVERY =
      declare(
          "Time between two marks of how many watch a room.",
          duration("gateway.presence_every", 5 * SECOND_MS, 100, HOUR_MS));
  public static final Setting DRAIN_OVER =
      declare(
          "Time over which clients are told to come back when the server stops.",
          duration("gateway.drain_over", 2 * SECOND_MS, 0, HOUR_MS));

  private GatewayCatalogue() {}

  static List<Setting> all() {
    return List.copyOf(ALL);
  }

  private static Setting declare(String doc, Setting kind) {
    Setting setting = kind.withDoc(doc);
    ALL.add(setting);
    return setting;
  }
}
