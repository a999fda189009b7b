// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * Connections that read rooms.
 *
 * @param connectionsMax 0 for what the limit of open files leaves
 */
public record GatewaySettings(
    int connectionsMax,
    int perAddressMax,
    int perUserMax,
    int roomsMax,
    int messageBytesMax,
    int messagesPerSecond,
    int outboxBytes,
    int ringBytes,
    long pingMs,
    long idleMs,
    long helloMs,
    long presenceMs,
    long drainMs) {

  static GatewaySettings of(SettingValues values) throws ConfigException {
    GatewaySettings settings =
        new GatewaySettings(
            values.isAuto(GatewayCatalogue.CONNECTIONS_MAX)
                ? 0
                : values.whole(GatewayCatalogue.CONNECTIONS_MAX),
            values.whole(GatewayCatalogue.PER_ADDRESS_MAX),
            values.whole(GatewayCatalogue.PER_USER_MAX),
            values.whole(GatewayCatalogue.ROOMS_MAX),
            values.whole(GatewayCatalogue.MESSAGE_BYTES_MAX),
            values.whole(GatewayCatalogue.MESSAGES_PER_S),
            values.whole(GatewayCatalogue.OUTBOX_BYTES),
            values.whole(GatewayCatalogue.RING_BYTES),
            values.number(GatewayCatalogue.PING_AFTER),
            values.number(GatewayCatalogue.IDLE_TIMEOUT),
            values.number(GatewayCatalogue.HELLO_TIMEOUT),
            values.number(GatewayCatalogue.PRESENCE_EVERY),
            values.number(GatewayCatalogue.DRAIN_OVER));
    if (settings.pingMs >= settings.idleMs) {
      throw values.wrong(
          GatewayCatalogue.PING_AFTER, "must be below " + GatewayCatalogue.IDLE_TIMEOUT.key());
    }
    return settings;
  }
}
