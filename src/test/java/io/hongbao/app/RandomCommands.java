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
import io.hongbao.account.AskHold;
import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.Effect;
import io.hongbao.engine.EngineShape;
import io.hongbao.ledger.Hold;
import io.hongbao.model.EntityId;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.PaymentEffect;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.CancelOrder;
import io.hongbao.redpacket.RedPacketCommand.ConfirmRefund;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.room.RoomCommand.ChangeMembers;
import io.hongbao.room.RoomCommand.OpenRoom;
import io.hongbao.sandbox.AdvanceClock;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Commands of all families, drawn from a seed, that mostly make sense after what was answered.
 *
 * <p><b>Thread:</b> one; answers and effects are handed in by it as well.
 */
final class RandomCommands {

  static final String PROVIDER = "sim";

  private static final int CNY = 1;
  private static final long FIRST_USER = 10_001;
  private static final long ROOM = 77;
  private static final long CLOSED_ROOM = 78;
  private static final int NEWEST = 12;
  private static final long HOUR_MS = 3_600_000;
  private static final String OPERATOR = "operator";

  private final SplittableRandom random;
  private final EngineShape shape;
  private final int users;
  private final LongSupplier nowMs;
  private final Queue<Asked> due = new ArrayDeque<>();
  private final List<Long> packets = new ArrayList<>();
  private final List<HoldShown> holds = new ArrayList<>();
  private final List<TransactionShown> topUps = new ArrayList<>();
  private final List<NewToken> tokens = new ArrayList<>();
  private long keys;

  /** A command and the partition that decides it. */
  record Asked(int partition, Command command) {}

  RandomCommands(long seed, EngineShape shape, int users, LongSupplier nowMs) {
    this.random = new SplittableRandom(seed);
    this.shape = shape;
    this.users = users;
    this.nowMs = nowMs;
    due.add(to(ROOM, new OpenRoom(ROOM, true, List.of())));
    due.add(to(CLOSED_ROOM, new OpenRoom(CLOSED_ROOM, false, List.of(FIRST_USER))));
    for (int i = 0; i < users; i++) {
      due.add(topUp(FIRST_USER + i, 100_000));
    }
  }

  private Asked to(long key, Command command) {
    return new Asked(shape.partitionOf(key), command);
  }

  // What concerns an order is decided where its id was made, in the sender's partition.
  private static Asked toOrder(long packetId, Command command) {
    return new Asked(EntityId.generator(packetId), command);
  }

  /** The next one. */
  Asked next() {
    Asked first = due.poll();
    if (first != null) {
      return first;
    }
    int dice = random.nextInt(1_000);
    if (dice < 100) {
      return topUp(user(), 1 + random.nextInt(500));
    } else if (dice < 115 && !topUps.isEmpty()) {
      return reverse();
    } else if (dice < 160) {
      return placeHold();
    } else if (dice < 220 && !holds.isEmpty()) {
      return endHold();
    } else if (dice < 400) {
      return send();
    } else if (dice < 460 && !packets.isEmpty()) {
      long packetId = packet();
      return to(packetId, new GrabPacket(packetId, viewer()));
    } else if (dice < 470) {
      return members();
    } else if (dice < 500) {
      return token();
    } else if (dice < 502) {
      return new Asked(
          AdvanceClock.PARTITION, new AdvanceClock(HOUR_MS + random.nextLong(HOUR_MS)));
    } else if (packets.isEmpty()) {
      return send();
    }
    long packetId = packet();
    return to(packetId, new OpenPacket(packetId, viewer()));
  }

  /** Takes an answer, so that later commands can go on from it. */
  void heard(Answer answer) {
    switch (answer) {
      case OrderShown shown -> keep(packets, shown.order().packetId(), 10_000);
      case HoldShown shown -> keep(holds, shown, 200);
      case TransactionShown shown -> keep(topUps, shown, 200);
      default -> {}
    }
  }

  private static <T> void keep(List<T> list, T one, int max) {
    list.add(one);
    if (list.size() > max) {
      list.removeFirst();
    }
  }

  /** What the outside would say to this; now and then nothing. */
  void perform(Effect effect) {
    if (random.nextInt(10) == 0) {
      return;
    }
    switch (effect) {
      case PaymentEffect.Prepay e -> pay(e.packetId(), e.amountMinor());
      case PaymentEffect.AskPayment e -> pay(e.packetId(), 1);
      case PaymentEffect.ClosePayment e ->
          due.add(toOrder(e.packetId(), new CancelOrder(e.packetId())));
      case PaymentEffect.RefundPayment e ->
          due.add(toOrder(e.packetId(), new ConfirmRefund(e.packetId(), e.refundId())));
      case AskHold e ->
          due.add(
              to(
                  e.userId(),
                  new PostHold(key(), e.userId(), e.holdId(), PostHold.ALL, "receipt", OPERATOR)));
      default -> {}
    }
  }

  // Sometimes twice under one id, sometimes twice under two.
  private void pay(long packetId, long amountMinor) {
    int times = 1 + random.nextInt(2);
    for (int i = 0; i < times; i++) {
      String paymentId = "pay-" + packetId + "-" + random.nextInt(2);
      due.add(
          toOrder(
              packetId,
              new TakePayment(packetId, PROVIDER, paymentId, CNY, amountMinor, nowMs.getAsLong())));
    }
  }

  private ClientKey key() {
    keys++;
    return new ClientKey(keys * 0x9E3779B97F4A7C15L, keys, keys, ClientKey.NO_TIME);
  }

  private long user() {
    return FIRST_USER + random.nextInt(users);
  }

  private Viewer viewer() {
    return new Viewer(user(), 0, 0);
  }

  private long packet() {
    int newest = Math.min(NEWEST, packets.size());
    return packets.get(packets.size() - 1 - random.nextInt(newest));
  }

  private Asked topUp(long userId, long amountMinor) {
    return to(userId, new TopUp(key(), userId, CNY, amountMinor, "top-up", OPERATOR));
  }

  private Asked reverse() {
    var transaction = topUps.get(random.nextInt(topUps.size())).transaction();
    return to(
        transaction.userId(),
        new ReverseTransaction(
            key(), transaction.userId(), transaction.id(), "reversed", OPERATOR));
  }

  private Asked placeHold() {
    long userId = user();
    return to(
        userId,
        new PlaceHold(
            key(),
            userId,
            CNY,
            1 + random.nextInt(300),
            random.nextBoolean() ? Hold.Kind.INTERNAL : Hold.Kind.EXTERNAL,
            nowMs.getAsLong() + 1_000 + random.nextLong(2 * HOUR_MS),
            "hold",
            OPERATOR));
  }

  private Asked endHold() {
    HoldShown shown = holds.get(random.nextInt(holds.size()));
    long userId = shown.userId();
    long holdId = shown.hold().id();
    String receipt = random.nextBoolean() ? "receipt" : "";
    return to(
        userId,
        random.nextBoolean()
            ? new PostHold(key(), userId, holdId, random.nextInt(100), receipt, OPERATOR)
            : new ReleaseHold(key(), userId, holdId, receipt, OPERATOR));
  }

  private Asked send() {
    PacketKind kind = PacketKind.ofNumber(1 + random.nextInt(4));
    boolean isExclusive = kind == PacketKind.EXCLUSIVE;
    int count = isExclusive ? 1 : 1 + random.nextInt(15);
    long totalMinor = (long) count * (1 + random.nextInt(80));
    long senderId = user();
    byte[] nonce = new byte[random.nextInt(8)];
    random.nextBytes(nonce);
    long recipientId = FIRST_USER + (senderId - FIRST_USER + 1) % users;
    PacketTerms terms =
        new PacketTerms(
            kind,
            GrabMode.ofNumber(1 + random.nextInt(2)),
            CNY,
            totalMinor,
            count,
            isExclusive ? 0 : ROOM,
            isExclusive ? recipientId : 0,
            SenderNonce.ofBytes(nonce),
            "恭喜发财 " + random.nextInt(100),
            "");
    String provider = random.nextInt(4) == 0 ? PROVIDER : "";
    return to(senderId, new SendPacket(key(), senderId, terms, provider));
  }

  private Asked members() {
    List<Long> add = List.of(user());
    List<Long> remove = List.of(user());
    return to(
        CLOSED_ROOM, new ChangeMembers(CLOSED_ROOM, add, remove.equals(add) ? List.of() : remove));
  }

  private Asked token() {
    int dice = random.nextInt(10);
    if (dice == 0) {
      long userId = user();
      return to(userId, new RevokeAll(userId));
    }
    if (dice < 3 && !tokens.isEmpty()) {
      NewToken old = tokens.get(random.nextInt(tokens.size()));
      return to(old.userId(), new RevokeToken(old.userId(), old.hashHigh(), old.hashLow()));
    }
    NewToken token =
        new NewToken(
            user(),
            random.nextLong(),
            random.nextLong(),
            nowMs.getAsLong() + HOUR_MS + random.nextLong(HOUR_MS));
    keep(tokens, token, 200);
    return to(token.userId(), new MintTokens(List.of(token)));
  }
}
