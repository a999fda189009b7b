// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.engine.Refusal;
import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;

/**
 * Many opens in one call, for backends that gather them.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Limit:</b> {@link #ITEMS_UNDER_WAY_MAX} items of all batches of this loop; the next batch
 * hears {@code overloaded} as a whole. The letters between loops are bounded by number, and a batch
 * is one letter whatever its size.
 */
final class OpensRoutes {

  static final String PATH = "/v1/red-packets/opens";

  /** 64 full batches; at some 300 bytes an item, 20 MB of commands and answers. */
  static final int ITEMS_UNDER_WAY_MAX = 64_000;

  private final OldPackets oldPackets;
  private final PacketJson packets;
  private final MessageDigest digest = Hash128.sha256();
  private int itemsUnderWay;

  OpensRoutes(EdgeParts parts) {
    this.packets = new PacketJson(parts.assets());
    this.oldPackets = new OldPackets(parts, packets);
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.post(PATH, Access.FRONT.needing(Scope.PACKETS_OPEN), BodyRule.BULK_JSON, this::open));
  }

  private void open(Exchange exchange, Buffer body) throws BadRequestException {
    OpensBody opens = OpensBody.parse(body.getBytes(), digest);
    if (itemsUnderWay + opens.count() > ITEMS_UNDER_WAY_MAX) {
      exchange.refuse(Refusal.of(RefusalCode.OVERLOADED), false);
      return;
    }
    EdgeMeters meters = exchange.edge().meters();
    meters.countBatch(opens.count());
    itemsUnderWay += opens.count();
    meters.batchItemsUnderWay(itemsUnderWay);
    new OpenBatch(exchange, opens, oldPackets, packets)
        .run(
            () -> {
              itemsUnderWay -= opens.count();
              meters.batchItemsUnderWay(itemsUnderWay);
            });
  }
}
