// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Families".
package io.hongbao.app;

import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.apikey.KeyDirectory;
import io.hongbao.apikey.KeyFamily;
import io.hongbao.config.AssetSettings;
import io.hongbao.config.Configuration;
import io.hongbao.engine.Family;
import io.hongbao.person.PersonFamily;
import io.hongbao.person.PersonLimits;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.room.RoomDirectory;
import io.hongbao.room.RoomFamily;
import io.hongbao.sandbox.SandboxFamily;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.SessionFamily;
import io.hongbao.session.TokenSmith;
import io.hongbao.shard.SlotTable;
import io.hongbao.webhook.WebhookDirectory;
import io.hongbao.webhook.WebhookFamily;
import io.hongbao.webhook.WebhookLimits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;

/** The one place that knows all families: a new one is a line here. */
public final class FamilyWiring {

  private FamilyWiring() {}

  /** The families of a running server. */
  static List<Family.Factory> live(
      Configuration configuration,
      ProcessFacts facts,
      SessionDirectory sessions,
      RoomDirectory rooms,
      TokenSmith smith,
      KeyDirectory keys,
      WebhookDirectory webhooks,
      LongConsumer onClockOffset) {
    return List.of(
        RedPacketFamily.factory(packetLimits(configuration), facts),
        AccountFamily.factory(accountLimits(configuration), facts),
        SessionFamily.factory(PeopleRuntime.sessionLimits(configuration), sessions, smith),
        PersonFamily.factory(PeopleRuntime.personLimits(configuration)),
        RoomFamily.factory(rooms, configuration.room().membersMax()),
        SandboxFamily.factory(onClockOffset),
        KeyFamily.factory(keys),
        WebhookFamily.factory(
            WebhookLimits.defaults().withCountMax(configuration.webhook().endpointsMax()),
            webhooks));
  }

  /** The families of a directory that is only looked at: nothing is decided, only replayed. */
  public static List<Family.Factory> offline() {
    ProcessFacts nothing =
        new ProcessFacts(
            new RoomDirectory(), new SlotTable(1), Set.of(), new AssetSettings(List.of()));
    return List.of(
        RedPacketFamily.factory(PacketLimits.defaults(), nothing),
        AccountFamily.factory(AccountLimits.defaults(), nothing),
        SessionFamily.factory(new SessionDirectory()),
        PersonFamily.factory(PersonLimits.defaults()),
        RoomFamily.factory(new RoomDirectory(), Integer.MAX_VALUE),
        SandboxFamily.factory(offset -> {}),
        KeyFamily.factory(new KeyDirectory()),
        WebhookFamily.factory(WebhookLimits.defaults(), new WebhookDirectory()));
  }

  static PacketLimits packetLimits(Configuration configuration) {
    var packets = configuration.redPacket();
    return new PacketLimits(
        asset -> byAsset(configuration, packets.totalMinorMaxByAsset(), asset),
        asset -> byAsset(configuration, packets.shareMinorMaxByAsset(), asset),
        packets.countMax(),
        packets.greetingCharsMax(),
        packets.reserveMs(),
        packets.opensInFlightMax(),
        configuration.provider().unpaidDeadlineMs(),
        configuration.provider().queryAfterMs(),
        configuration.engine().evictAfterMs());
  }

  private static AccountLimits accountLimits(Configuration configuration) {
    AccountLimits defaults = AccountLimits.defaults();
    return new AccountLimits(
        defaults.textCharsMax(),
        defaults.holdMsMax(),
        configuration.provider().queryAfterMs(),
        configuration.engine().evictAfterMs(),
        // The reserve of the outbox stays with refunds; see EngineRuntime.
        Math.min(defaults.legsInFlightMax(), configuration.engine().outboxMax() / 2),
        defaults.profilesMax());
  }

  private static long byAsset(
      Configuration configuration, Map<String, Long> limits, int assetNumber) {
    for (AssetSettings.Asset asset : configuration.assets().assets()) {
      if (asset.number() == assetNumber) {
        return limits.getOrDefault(asset.code(), 0L);
      }
    }
    return 0;
  }
}
