// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.apikey.KeyDirectory;
import io.hongbao.config.HttpSettings;
import io.hongbao.engine.EngineShape;
import io.hongbao.export.sql.ReadModel;
import io.hongbao.http.rate.RateLimiter;
import io.hongbao.provider.pay.NoticeVerifier;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.time.Randomness;
import io.hongbao.time.TimeSource;
import io.hongbao.tls.Identity;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Edge} gets from outside.
 *
 * <p>All of it but the door may be shared by the edges of all loops, and {@link #connections} must
 * be.
 *
 * @param door the engine, as the edge's own loop reaches it
 * @param zone in which years are counted
 * @param time the server's clock, in a sandbox the one that can be moved
 * @param notices who checks the notices of each provider, by the provider's name
 * @param identity the certificate; null for plain HTTP
 * @param docs loaded before, since that takes some 100 ms
 * @param ladder what may be refused so that money goes on
 * @param play the open room of a sandbox, and what /ops shows
 */
public record EdgeParts(
    CommandDoor door,
    EngineShape shape,
    HttpSettings http,
    AssetTable assets,
    PacketLimits packets,
    int roomMembersMax,
    ZoneId zone,
    TimeSource time,
    Randomness randomness,
    Sessions sessions,
    Rooms rooms,
    ReadModel readModel,
    OperatorKey operatorKey,
    KeyDirectory keys,
    SandboxDoor sandbox,
    Map<String, NoticeVerifier> notices,
    PeopleParts people,
    ConnectionLimit connections,
    RateLimiter rates,
    @Nullable Identity identity,
    DocsPages docs,
    EventParts events,
    LadderDoor ladder,
    PlayParts play,
    LiveParts live,
    GatewayDoor gateway) {

  public EdgeParts {
    notices = Map.copyOf(notices);
  }
}
