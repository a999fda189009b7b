// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.config.AssetSettings.Asset;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.PacketSpec;
import io.vertx.core.buffer.Buffer;

/**
 * Facts that anyone may read.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class PublicRoutes {

  private final EdgeParts parts;

  PublicRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get("/v1/assets", Access.PUBLIC, this::assets));
    routes.add(Route.get("/v1/time", Access.PUBLIC, this::time));
  }

  private void assets(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    PacketLimits limits = parts.packets();
    JsonWriter json = exchange.json().beginObject().name("items").beginArray();
    for (Asset asset : parts.assets().all()) {
      json.beginObject().field("asset", asset.code()).field("scale", asset.scale());
      json.field("balance_max", asset.balanceMinorMax()).name("red_packet").beginObject();
      json.field(
          "total_max",
          Math.min(limits.totalMinorMax().applyAsLong(asset.number()), asset.balanceMinorMax()));
      json.field("share_min", PacketSpec.SHARE_MINOR_MIN);
      json.field("share_max", limits.shareMinorMax().applyAsLong(asset.number()))
          .endObject()
          .endObject();
    }
    json.endArray().name("red_packets").beginObject();
    json.field("count_max", limits.countMax());
    json.field("greeting_chars_max", limits.greetingCharsMax());
    json.field("expires_after_ms", PacketSpec.LIFETIME_MS);
    json.field("reserve_ms", limits.reserveMs());
    json.field("pay_within_ms", limits.unpaidMs());
    json.field("room_members_max", parts.roomMembersMax()).endObject().endObject();
    exchange.reply(200, json);
  }

  private void time(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    JsonWriter json = exchange.json().beginObject().name("now").time(exchange.nowMs());
    json.field("zone", parts.zone().getId()).field("sandbox", parts.sandbox().isOn()).endObject();
    exchange.reply(200, json);
  }
}
