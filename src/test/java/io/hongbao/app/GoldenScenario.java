// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.app;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.account.AccountFacts;
import io.hongbao.account.AccountFamily;
import io.hongbao.account.AccountLimits;
import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyAnswer.KeyShown;
import io.hongbao.apikey.KeyCommand.MakeKey;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
import io.hongbao.apikey.KeyDirectory;
import io.hongbao.apikey.KeyFamily;
import io.hongbao.apikey.KeyRole;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.Acted;
import io.hongbao.engine.Actor;
import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Effect;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.engine.Refusal;
import io.hongbao.ledger.Hold;
import io.hongbao.person.PersonFamily;
import io.hongbao.person.PersonLimits;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.Neighbourhood;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.PastOrder;
import io.hongbao.redpacket.PaymentEffect.RefundPayment;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.RedPacketFamily;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.room.RoomDirectory;
import io.hongbao.room.RoomFamily;
import io.hongbao.sandbox.AdvanceClock;
import io.hongbao.sandbox.SandboxFamily;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.SessionFamily;
import io.hongbao.shard.SlotTable;
import io.hongbao.webhook.HookPlace;
import io.hongbao.webhook.PauseReason;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookCommand;
import io.hongbao.webhook.WebhookCommand.AdvanceWebhook;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.PauseWebhook;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import io.hongbao.webhook.WebhookDirectory;
import io.hongbao.webhook.WebhookFamily;
import io.hongbao.webhook.WebhookLimits;
import java.util.List;

/**
 * A life in one thread on a clock moved by hand, in which every kind of event happens: what a
 * golden journal is written from.
 */
final class GoldenScenario implements Neighbourhood, AccountFacts {

  static final int PARTITIONS = 4;
  static final int SITE = 1;

  private static final long SEED = 20_260_216;
  private static final int CNY = 1;
  private static final int USERS = 12;
  private static final long BALANCE_MINOR_MAX = 1_000_000;
  private static final long SENDER = 10_001;
  private static final long OPENER = 10_002;
  private static final long RICH = 20_003;
  private static final long HOUR_MS = 3_600_000;
  private static final String OPERATOR = "operator";

  private final RoomDirectory rooms = new RoomDirectory();
  private final SlotTable slots = new SlotTable(PARTITIONS);
  private final PartitionHarness harness;
  private final RandomCommands random;
  private long clockOffsetMs;
  private long keys = 1L << 40;

  GoldenScenario() {
    harness =
        new PartitionHarness(
            PARTITIONS,
            SEED,
            RedPacketFamily.factory(PacketLimits.defaults(), this),
            AccountFamily.factory(AccountLimits.defaults(), this),
            SessionFamily.factory(new SessionDirectory()),
            PersonFamily.factory(PersonLimits.defaults()),
            RoomFamily.factory(rooms, 100),
            SandboxFamily.factory(this::advanceTo),
            KeyFamily.factory(new KeyDirectory()),
            WebhookFamily.factory(WebhookLimits.defaults(), new WebhookDirectory()));
    random = new RandomCommands(SEED, new EngineShape(SITE, PARTITIONS), USERS, harness::nowMs);
  }

  private void advanceTo(long offsetMs) {
    if (offsetMs > clockOffsetMs) {
      harness.clock().advance(offsetMs - clockOffsetMs);
      clockOffsetMs = offsetMs;
    }
  }

  PartitionHarness harness() {
    return harness;
  }

  @Override
  public boolean isInRoom(long roomId, long userId) {
    return rooms.isInRoom(roomId, userId);
  }

  @Override
  public int slotForNewPacket(long chance) {
    return slots.pick(chance);
  }

  @Override
  public boolean hasProvider(String provider) {
    return provider.equals(RandomCommands.PROVIDER);
  }

  @Override
  public boolean isExported(int partition, long position) {
    return true;
  }

  @Override
  public long balanceMinorMax(int asset) {
    return asset == CNY ? BALANCE_MINOR_MAX : 0;
  }

  /** Ordinary life. */
  void live(int commands) {
    for (int i = 0; i < commands; i++) {
      for (Effect effect : harness.takeEffects()) {
        random.perform(effect);
      }
      RandomCommands.Asked asked = random.next();
      Heard heard = harness.ask(asked.partition(), asked.command());
      if (!heard.isSilent() && !heard.holds(Refusal.class)) {
        random.heard(heard.as(Answer.class));
      }
    }
  }

  /** Leaves one transfer of each kind under way: a packet, a share, a rest, a leg and its word. */
  void leaveTransfersUnderWay() {
    GoldenLedger ledger = new GoldenLedger(harness, this::key);
    ledger.fund();
    send(SENDER, 3, OPENER, "");
    harness.advance(23 * HOUR_MS);
    long openable = send(SENDER, 5, OPENER, "");
    new GoldenPeople(harness).leaveTransfersUnderWay();
    harness.clock().advance(HOUR_MS);
    harness.submit(
        harness.partitionOf(openable), new OpenPacket(openable, new Viewer(OPENER, 0, 0)));
    harness.submit(harness.partitionOf(SENDER), sendOf(SENDER, 7, OPENER, ""));
    ledger.leaveTransfersUnderWay();
    for (int partition = 0; partition < PARTITIONS; partition++) {
      harness.turn(partition);
      harness.force(partition);
    }
  }

  /** What ordinary life seldom brings. */
  void rareThings() {
    harness.settleTransfers();
    suspendedCredit();
    long cancelled = payments();
    holds();
    reversal();
    new GoldenLedger(harness, this::key).live();
    new GoldenPeople(harness).live();
    tokensEnd();
    webhooks();
    keys();
    harness.ask(AdvanceClock.PARTITION, new AdvanceClock(HOUR_MS));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      harness.core(partition).markStateHash();
    }
    harness.settle();
    // Everything settled leaves memory, and so do the keys.
    passDays(5);
    moneyForWhatIsForgotten(cancelled);
    passDays(4);
  }

  private void passDays(int days) {
    for (int day = 0; day < days; day++) {
      harness.advance(24 * HOUR_MS);
      harness.settleTransfers();
    }
  }

  private void moneyForWhatIsForgotten(long orderId) {
    TakePayment payment =
        new TakePayment(orderId, RandomCommands.PROVIDER, "late", CNY, 17, harness.nowMs());
    PastOrder order = new PastOrder(SENDER, RandomCommands.PROVIDER, CNY, "", false);
    harness.takeEffects();
    tell(new TakeLatePayment(payment, order, harness.nowMs()));
    confirmRefunds();
  }

  private void suspendedCredit() {
    harness.askOwner(
        RICH, new TopUp(key(), RICH, CNY, BALANCE_MINOR_MAX, "all he may have", OPERATOR));
    long packetId = send(SENDER, 11, RICH, "");
    harness.askOwner(packetId, new OpenPacket(packetId, new Viewer(RICH, 0, 0)));
  }

  /** Returns an order that is cancelled. */
  private long payments() {
    long paidTwice = send(SENDER, 13, OPENER, RandomCommands.PROVIDER);
    tell(new TakePayment(paidTwice, RandomCommands.PROVIDER, "first", CNY, 13, harness.nowMs()));
    harness.takeEffects();
    tell(new TakePayment(paidTwice, RandomCommands.PROVIDER, "second", CNY, 13, harness.nowMs()));
    confirmRefunds();
    long cancelled = send(SENDER, 17, OPENER, RandomCommands.PROVIDER);
    tell(new CancelOrder(cancelled));
    return cancelled;
  }

  private void confirmRefunds() {
    for (Effect effect : harness.takeEffects()) {
      if (effect instanceof RefundPayment refund) {
        tell(new ConfirmRefund(refund.packetId(), refund.refundId()));
      }
    }
  }

  private void tell(io.hongbao.engine.Command word) {
    harness.askOwner(SENDER, word);
  }

  private void holds() {
    long deadlineMs = harness.nowMs() + HOUR_MS;
    for (Hold.Kind kind : Hold.Kind.values()) {
      HoldShown shown =
          harness
              .askOwner(
                  OPENER, new PlaceHold(key(), OPENER, CNY, 40, kind, deadlineMs, "hold", OPERATOR))
              .as(HoldShown.class);
      long holdId = shown.hold().id();
      harness.askOwner(OPENER, new PostHold(key(), OPENER, holdId, 15, "", OPERATOR));
      harness.askOwner(OPENER, new ReleaseHold(key(), OPENER, holdId, "failed", OPERATOR));
      harness.askOwner(OPENER, new PostHold(key(), OPENER, holdId, 5, "it did not", OPERATOR));
    }
  }

  private void reversal() {
    long id =
        harness
            .askOwner(SENDER, new TopUp(key(), SENDER, CNY, 23, "twice", OPERATOR))
            .as(TransactionShown.class)
            .transaction()
            .id();
    harness.askOwner(SENDER, new ReverseTransaction(key(), SENDER, id, "once", OPERATOR));
    harness.askOwner(
        SENDER,
        new Acted(
            new TopUp(key(), SENDER, CNY, 7, "audited", OPERATOR),
            new Actor(0, "root", "POST /v1/operator/top-ups", "the audit's own line")));
  }

  private void tokensEnd() {
    long expiresAtMs = harness.nowMs() + HOUR_MS;
    harness.askOwner(
        SENDER,
        new MintTokens(
            List.of(
                new NewToken(SENDER, 0x1234, 0x5678, expiresAtMs),
                new NewToken(SENDER, 0x9ABC, 0xDEF0, expiresAtMs))));
    harness.askOwner(SENDER, new RevokeToken(SENDER, 0x1234, 0x5678));
    harness.advance(2 * HOUR_MS);
  }

  // One key stays, so that snapshots hold one; what is done with it is audited.
  private void keys() {
    long kept = make("finance desk", KeyRole.FINANCE, 0x11).keyId();
    long gone = make("shop backend", KeyRole.SERVICE, 0x22).keyId();
    harness.ask(ApiKey.PARTITION, new RotateKey(kept, 0x33, 0x33, HOUR_MS));
    harness.ask(ApiKey.PARTITION, new NoteKeyUse(kept, harness.nowMs()));
    harness.ask(ApiKey.PARTITION, new RevokeKey(gone));
    Actor actor = new Actor(kept, "finance desk", "POST /v1/operator/top-ups", "a golden cause 补");
    harness.askOwner(
        SENDER, new Acted(new TopUp(key(), SENDER, CNY, 29, "audited", OPERATOR), actor));
  }

  private ApiKey make(String name, KeyRole role, long hash) {
    return harness
        .ask(
            ApiKey.PARTITION,
            new MakeKey(name, role, Scope.ALL, hash, hash, harness.nowMs() + 1_000 * HOUR_MS))
        .as(KeyShown.class)
        .key();
  }

  private void webhooks() {
    long id = webhook(new MakeWebhook("https://a.example/h", "*", "first", HookPlace.START));
    webhook(new ChangeWebhook(id, null, "red_packet.*", null, null));
    webhook(new RotateSecret(id, HOUR_MS));
    harness.ask(
        Webhook.PARTITION, new AdvanceWebhook(id, 0, new HookPlace(64, 2, 7), harness.nowMs()));
    webhook(new MoveWebhook(id, new HookPlace(128, 1, 9)));
    harness.ask(Webhook.PARTITION, new PauseWebhook(id, 1, PauseReason.FAILING));
    long gone = webhook(new MakeWebhook("https://b.example/h", "*", "", HookPlace.START));
    webhook(new DeleteWebhook(gone));
  }

  private long webhook(WebhookCommand command) {
    return harness.ask(Webhook.PARTITION, command).as(WebhookShown.class).webhook().id();
  }

  private long send(long senderId, long totalMinor, long recipientId, String provider) {
    return harness
        .askOwner(senderId, sendOf(senderId, totalMinor, recipientId, provider))
        .as(OrderShown.class)
        .order()
        .packetId();
  }

  private SendPacket sendOf(long senderId, long totalMinor, long recipientId, String provider) {
    PacketTerms terms =
        new PacketTerms(
            PacketKind.EXCLUSIVE,
            GrabMode.RESERVE,
            CNY,
            totalMinor,
            1,
            0,
            recipientId,
            SenderNonce.NONE,
            "福",
            "dragon-2026");
    return new SendPacket(key(), senderId, terms, provider);
  }

  private ClientKey key() {
    keys++;
    return new ClientKey(keys * 0x9E3779B97F4A7C15L, keys, keys, ClientKey.NO_TIME);
  }
}
