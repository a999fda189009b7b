// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountFacts;
import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.apikey.KeyDirectory;
import io.hongbao.apikey.KeyFamily;
import io.hongbao.apikey.KeyLimits;
import io.hongbao.engine.Family;
import io.hongbao.person.PersonFamily;
import io.hongbao.person.PersonLimits;
import io.hongbao.redpacket.Neighbourhood;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.SessionFamily;
import io.hongbao.session.SessionLimits;
import io.hongbao.session.TokenSmith;
import io.hongbao.webhook.WebhookDirectory;
import io.hongbao.webhook.WebhookFamily;
import io.hongbao.webhook.WebhookLimits;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The real families of one life, and what they share with the process around them. */
final class SimFamilies implements Neighbourhood, AccountFacts {

  private static final SessionLimits SESSIONS =
      new SessionLimits(SimOptions.TOKENS_MAX, SimOptions.TOKEN_LIFE_MS_MAX)
          .withLogins(SimOptions.LOGINS_MAX, SimOptions.ACCESS_MS, SimOptions.REFRESH_MS);
  private static final PersonLimits PEOPLE =
      new PersonLimits(
          SimOptions.FAILURES_MAX,
          SimOptions.ADDRESS_FAILURES_MAX,
          SimOptions.ADDRESSES_MAX,
          ZoneOffset.ofHours(8));
  private static final KeyLimits KEYS = new KeyLimits(SimOptions.KEYS_MAX, SimOptions.TEXT_MAX);
  private static final WebhookLimits HOOKS =
      new WebhookLimits(
          SimOptions.HOOKS_MAX, SimOptions.TEXT_MAX, SimOptions.TEXT_MAX, SimOptions.TEXT_MAX);

  private final SessionDirectory sessions = new SessionDirectory();
  private final KeyDirectory apiKeys = new KeyDirectory();
  private final WebhookDirectory hooks = new WebhookDirectory();
  private @Nullable SimServer server;

  /** Families for states that are only replayed. */
  static List<Family.Factory> offline(SimOptions options) {
    return new SimFamilies().all(options, factory -> factory);
  }

  static TokenSmith smith() {
    return new TokenSmith(new byte[] {5, 14, 14, 4});
  }

  void serves(SimServer live) {
    server = live;
  }

  SessionDirectory sessions() {
    return sessions;
  }

  KeyDirectory apiKeys() {
    return apiKeys;
  }

  WebhookDirectory hooks() {
    return hooks;
  }

  @Override
  public boolean isInRoom(long roomId, long userId) {
    return SimOptions.isInRoom(roomId, userId);
  }

  @Override
  public int slotForNewPacket(long chance) {
    return (int) Long.remainderUnsigned(chance, 1000);
  }

  @Override
  public boolean hasProvider(String provider) {
    return provider.equals(SimOptions.PROVIDER);
  }

  @Override
  public boolean isExported(int partition, long position) {
    return server != null && server.isExported(partition, position);
  }

  @Override
  public long balanceMinorMax(int asset) {
    return SimOptions.isAsset(asset) ? SimOptions.BALANCE_MAX : 0;
  }

  List<Family.Factory> all(SimOptions options, Function<Family.Factory, Family.Factory> around) {
    PacketLimits packets =
        new PacketLimits(
            asset -> SimOptions.TOTAL_MAX,
            asset -> SimOptions.SHARE_MAX,
            SimOptions.COUNT_MAX,
            SimOptions.TEXT_MAX,
            options.reserveMs(),
            options.opensInFlightMax(),
            SimOptions.UNPAID_MS,
            SimOptions.QUERY_AFTER_MS,
            SimOptions.EVICT_AFTER_MS);
    AccountLimits accounts =
        new AccountLimits(
            SimOptions.TEXT_MAX,
            366 * SimOptions.DAY_MS,
            SimOptions.QUERY_AFTER_MS,
            SimOptions.EVICT_AFTER_MS,
            AccountLimits.LEGS_IN_FLIGHT_MAX,
            SimOptions.PROFILES_MAX);
    return List.of(
        around.apply(RedPacketFamily.factory(packets, this)),
        around.apply(AccountFamily.factory(accounts, this)),
        around.apply(SessionFamily.factory(SESSIONS, sessions, smith())),
        around.apply(PersonFamily.factory(PEOPLE)),
        around.apply(KeyFamily.factory(KEYS, apiKeys)),
        around.apply(WebhookFamily.factory(HOOKS, hooks)));
  }
}
