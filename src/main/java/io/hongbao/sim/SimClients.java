// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.Preview;
import io.hongbao.account.AccountCommand.ReadAccount;
import io.hongbao.account.AccountCommand.ReadBooks;
import io.hongbao.account.AccountCommand.ReadHold;
import io.hongbao.account.AccountCommand.ReadTransfer;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransaction;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.engine.Answer;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.ledger.Hold;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.ReadPacket;
import io.hongbao.redpacket.RedPacketCommand.ReadPacketBooks;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * People and operators who ask for everything, also for what they must not have, and ask again.
 *
 * <p>They outlive the server and remember what they were told.
 */
final class SimClients {

  /** A request with its key, so that it can be made again; the same or with another body. */
  private record Asked(long owner, ClientKey key, Function<ClientKey, KeyedCommand> command) {}

  private record Booked(long userId, long id) {}

  /** What to ask, and which partition decides it. */
  record Request(int partition, Command command) {}

  private static final int MEMORY = 4_000;

  private final SimOptions options;
  private final SplittableRandom chance;
  private final Marks marks;
  private final SimKeys keys;
  private final SimTransfers transfers;
  private final SimPeople people;
  private final SimLogins logins;
  private final SimOwners owners;
  private final SimHooks hooks;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Long> packets = new ArrayList<>();
  private final List<Long> ordered = new ArrayList<>();
  private final List<Booked> bookings = new ArrayList<>();
  private final List<Booked> holds = new ArrayList<>();

  SimClients(SimOptions options, SplittableRandom chance, Marks marks, SimKeys keys) {
    this.options = options;
    this.chance = chance;
    this.marks = marks;
    this.keys = keys;
    this.transfers = new SimTransfers(options, chance.split());
    this.owners = new SimOwners(options, chance.split());
    this.people = new SimPeople(options, chance.split());
    this.logins = new SimLogins(options, chance.split(), marks);
    this.hooks = new SimHooks(chance.split());
  }

  /** Packets that a provider is to pay. */
  List<Long> ordered() {
    return ordered;
  }

  SimPeople people() {
    return people;
  }

  /** Packets of which somebody was told. */
  List<Long> packets() {
    return packets;
  }

  /** What is asked next. */
  Request next(long nowMs) {
    return switch (chance.nextInt(52)) {
      case 40, 41, 42, 43, 44 -> people.next(nowMs);
      case 45, 46, 47, 48, 49 -> logins.next(nowMs);
      case 50 -> owners.next();
      case 51 -> hooks.next();
      case 32, 33, 34 -> wish(transfers.book(), nowMs);
      case 35 -> wish(transfers.batch(), nowMs);
      case 36, 37 -> wish(transfers.reverse(), nowMs);
      case 38 -> drawHold(nowMs);
      case 39 -> {
        long id = transfers.anyId();
        yield new Request(options.partitionOf(id), new ReadTransfer(id));
      }
      case 0, 1, 2 -> topUp(nowMs);
      case 3 -> reverse();
      case 4, 5 -> placeHold(nowMs);
      case 6 -> postHold();
      case 7 -> releaseHold();
      case 8, 9, 10, 11 -> send(nowMs);
      case 12, 13 -> again();
      case 14, 15 -> grab();
      case 16 -> readAccount();
      case 17 -> readPacket();
      case 18 -> readOrder();
      case 19 -> readHold();
      case 20 -> readBooks();
      default -> open();
    };
  }

  private long user() {
    return 1_001L + chance.nextInt(options.users());
  }

  private int asset() {
    int luck = chance.nextInt(40);
    return luck == 0 ? SimOptions.UNKNOWN_ASSET : luck < 30 ? SimOptions.CNY : SimOptions.COIN;
  }

  private ClientKey key(long nowMs) {
    return switch (chance.nextInt(60)) {
      case 0 -> {
        marks.count(Fault.KEY_FROM_THE_PAST);
        yield keys.at(nowMs - SimOptions.WINDOW_MS - 1_000 - chance.nextInt(1_000_000));
      }
      case 1 -> {
        marks.count(Fault.KEY_FROM_THE_FUTURE);
        yield keys.at(nowMs + SimOptions.KEY_AHEAD_MS + 1_000 + chance.nextInt(1_000_000));
      }
      case 2, 3, 4, 5, 6, 7 -> keys.at(nowMs - chance.nextInt(1_000_000));
      default -> keys.fresh();
    };
  }

  private Request ask(long owner, ClientKey key, Function<ClientKey, KeyedCommand> command) {
    remember(asked, new Asked(owner, key, command));
    return request(owner, command.apply(key));
  }

  // Now and then somebody only wants to know what would come of it, also of what was done before.
  private Request request(long owner, KeyedCommand command) {
    boolean isDry = AuditedPreviews.isPossible(command) && chance.nextInt(8) == 0;
    return new Request(
        options.partitionOf(owner), isDry ? new Preview((AccountCommand) command) : command);
  }

  private <T> void remember(List<T> list, T one) {
    if (list.size() < MEMORY) {
      list.add(one);
    } else {
      list.set(chance.nextInt(MEMORY), one);
    }
  }

  private Request wish(SimTransfers.Wish wish, long nowMs) {
    return ask(wish.owner(), key(nowMs), wish.command());
  }

  private Request drawHold(long nowMs) {
    if (holds.isEmpty()) {
      return readAccount();
    }
    Booked one = holds.get(chance.nextInt(holds.size()));
    return wish(transfers.draw(one.userId(), one.id()), nowMs);
  }

  private Request topUp(long nowMs) {
    long user = user();
    int asset = asset();
    long amount = chance.nextInt(30) == 0 ? -chance.nextInt(5) : 1 + chance.nextInt(12_000);
    return ask(user, key(nowMs), key -> new TopUp(key, user, asset, amount, "gift", "operator"));
  }

  private Request reverse() {
    if (bookings.isEmpty()) {
      return readAccount();
    }
    Booked one = bookings.get(chance.nextInt(bookings.size()));
    long user = chance.nextInt(20) == 0 ? user() : one.userId();
    return ask(
        user, keys.fresh(), key -> new ReverseTransaction(key, user, one.id(), "wrong", "op"));
  }

  private Request placeHold(long nowMs) {
    long user = user();
    int asset = asset();
    long amount = 1L + chance.nextInt(4_000);
    Hold.Kind kind = chance.nextBoolean() ? Hold.Kind.INTERNAL : Hold.Kind.EXTERNAL;
    long lifeMs = chance.nextInt(3) == 0 ? chance.nextInt(20_000) : chance.nextInt(200_000_000);
    long deadlineMs = nowMs + lifeMs - (chance.nextInt(50) == 0 ? 300_000_000L : 0);
    return ask(
        user,
        key(nowMs),
        key -> new PlaceHold(key, user, asset, amount, kind, deadlineMs, "order", "op"));
  }

  private Request postHold() {
    if (holds.isEmpty()) {
      return readAccount();
    }
    Booked one = holds.get(chance.nextInt(holds.size()));
    long amount = chance.nextBoolean() ? PostHold.ALL : 1 + chance.nextInt(3_000);
    String receipt = chance.nextBoolean() ? "receipt" : "";
    return ask(
        one.userId(),
        keys.fresh(),
        key -> new PostHold(key, one.userId(), one.id(), amount, receipt, "op"));
  }

  private Request releaseHold() {
    if (holds.isEmpty()) {
      return readAccount();
    }
    Booked one = holds.get(chance.nextInt(holds.size()));
    String receipt = chance.nextBoolean() ? "receipt" : "";
    return ask(
        one.userId(),
        keys.fresh(),
        key -> new ReleaseHold(key, one.userId(), one.id(), receipt, "op"));
  }

  private Request send(long nowMs) {
    long user = user();
    PacketTerms terms = terms(user);
    String provider =
        switch (chance.nextInt(12)) {
          case 0, 1, 2 -> SimOptions.PROVIDER;
          case 3 -> chance.nextInt(10) == 0 ? "nobody" : "";
          default -> "";
        };
    return ask(user, key(nowMs), key -> new SendPacket(key, user, terms, provider));
  }

  private PacketTerms terms(long user) {
    PacketKind[] kinds = PacketKind.values();
    PacketKind kind = kinds[chance.nextInt(kinds.length)];
    int count = kind == PacketKind.EXCLUSIVE ? 1 : 1 + chance.nextInt(SimOptions.COUNT_MAX);
    long total = (long) count + chance.nextInt(1_500);
    if (kind == PacketKind.EQUAL && chance.nextInt(10) > 0) {
      total -= total % count;
    }
    switch (chance.nextInt(60)) {
      case 0 -> total = 0;
      case 1 -> total = SimOptions.TOTAL_MAX + 1;
      case 2 -> count = SimOptions.COUNT_MAX + 1;
      case 3 -> count = 0;
      case 4 -> total = Math.max(1, count - 1);
      default -> {}
    }
    boolean toUser = kind == PacketKind.EXCLUSIVE || chance.nextInt(4) == 0;
    long room = toUser ? 0 : chance.nextInt(5) == 0 ? SimOptions.EVEN_ROOM : SimOptions.PUBLIC_ROOM;
    long recipient = toUser ? user() : 0;
    if (chance.nextInt(60) == 0) {
      recipient = chance.nextBoolean() ? user : 0;
    }
    return new PacketTerms(
        kind,
        chance.nextBoolean() ? GrabMode.RESERVE : GrabMode.CLASSIC,
        asset(),
        total,
        count,
        room,
        recipient,
        SenderNonce.NONE,
        chance.nextInt(60) == 0 ? "x".repeat(SimOptions.TEXT_MAX + 1) : "luck",
        "");
  }

  /** Somebody who lost an answer asks again; somebody else is careless with his keys. */
  private Request again() {
    if (asked.isEmpty()) {
      return readAccount();
    }
    Asked one = asked.get(chance.nextInt(asked.size()));
    ClientKey key = one.key();
    if (chance.nextInt(5) == 0) {
      marks.count(Fault.REPEAT_OTHER_BODY);
      key = SimKeys.altered(key);
    } else {
      marks.count(Fault.REPEAT_SAME_BODY);
    }
    return request(one.owner(), one.command().apply(key));
  }

  private long packet() {
    if (packets.isEmpty()) {
      return 1;
    }
    // Mostly the newest, so that some packets run empty.
    int size = packets.size();
    int back = chance.nextInt(4) == 0 ? chance.nextInt(size) : chance.nextInt(Math.min(size, 6));
    return packets.get(size - 1 - back);
  }

  private Viewer viewer() {
    return new Viewer(user(), 0, 0);
  }

  private Request grab() {
    return grab(packet());
  }

  Request grab(long packetId) {
    return new Request(options.partitionOf(packetId), new GrabPacket(packetId, viewer()));
  }

  private Request open() {
    long packetId = packet();
    return new Request(options.partitionOf(packetId), new OpenPacket(packetId, viewer()));
  }

  private Request readPacket() {
    long packetId = packet();
    return new Request(options.partitionOf(packetId), new ReadPacket(packetId, viewer()));
  }

  private Request readOrder() {
    if (asked.isEmpty()) {
      return readAccount();
    }
    Asked one = asked.get(chance.nextInt(asked.size()));
    boolean untilCreated = chance.nextBoolean();
    return new Request(
        options.partitionOf(one.owner()), new ReadOrder(packet(), one.owner(), untilCreated));
  }

  private Request readAccount() {
    long user = user();
    return new Request(
        options.partitionOf(user), new ReadAccount(user, List.of(SimOptions.CNY, SimOptions.COIN)));
  }

  private Request readHold() {
    if (holds.isEmpty()) {
      return readAccount();
    }
    Booked one = holds.get(chance.nextInt(holds.size()));
    return new Request(options.partitionOf(one.userId()), new ReadHold(one.userId(), one.id()));
  }

  private Request readBooks() {
    int partition = chance.nextInt(options.partitions());
    return new Request(partition, chance.nextBoolean() ? new ReadBooks() : new ReadPacketBooks());
  }

  /** Remembers what an answer told. */
  void heard(Command command, Answer answer) {
    people.heard(command, answer);
    logins.heard(command, answer);
    hooks.heard(answer);
    switch (answer) {
      case OrderShown shown -> {
        long id = shown.order().packetId();
        if (command instanceof SendPacket sent && !packets.contains(id)) {
          remember(packets, id);
          if (!sent.provider().isEmpty()) {
            remember(ordered, id);
          }
        }
      }
      case TransactionShown shown -> {
        if (command instanceof TopUp) {
          remember(bookings, new Booked(shown.transaction().userId(), shown.transaction().id()));
        }
      }
      case LedgerTransferShown shown -> {
        if (command instanceof BookTransfer) {
          transfers.heard(shown.transfer());
        }
      }
      case HoldShown shown -> {
        if (command instanceof PlaceHold) {
          remember(holds, new Booked(shown.userId(), shown.hold().id()));
        }
      }
      default -> {}
    }
  }
}
