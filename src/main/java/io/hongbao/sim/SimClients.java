// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountAnswer.SuspenseShown;
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
import io.hongbao.redpacket.RedPacketCommand.ReadPacketBooks;
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
  private final SimPackets packets;
  private final SimSuspense suspense;
  private final SimPeople people;
  private final SimLogins logins;
  private final SimOwners owners;
  private final SimHooks hooks;
  private final List<Asked> asked = new ArrayList<>();
  private final List<Booked> bookings = new ArrayList<>();
  private final List<Booked> holds = new ArrayList<>();

  SimClients(SimOptions options, SplittableRandom chance, Marks marks, SimKeys keys) {
    this.options = options;
    this.chance = chance;
    this.marks = marks;
    this.keys = keys;
    this.transfers = new SimTransfers(options, chance.split());
    this.packets = new SimPackets(options, chance.split());
    this.suspense = new SimSuspense(options, chance.split());
    this.owners = new SimOwners(options, chance.split());
    this.people = new SimPeople(options, chance.split());
    this.logins = new SimLogins(options, chance.split(), marks);
    this.hooks = new SimHooks(chance.split());
  }

  SimPackets packets() {
    return packets;
  }

  SimPeople people() {
    return people;
  }

  /** What is asked next. */
  Request next(long nowMs) {
    long limited = owners.takeLimited();
    if (limited != 0 && chance.nextInt(3) == 0) {
      // What is told of a limit must be durable, and soon after its change it is not.
      return placeHold(limited, nowMs);
    }
    return switch (chance.nextInt(54)) {
      case 52 -> suspense.read();
      case 53 -> settle(nowMs);
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
      case 4, 5 -> placeHold(user(), nowMs);
      case 6 -> postHold();
      case 7 -> releaseHold();
      case 8, 9, 10, 11 -> wish(packets.send(), nowMs);
      case 12, 13 -> again();
      case 14, 15 -> packets.grab();
      case 16 -> readAccount();
      case 17 -> packets.read();
      case 18 -> asked.isEmpty() ? readAccount() : packets.readOrder(anyAsked().owner());
      case 19 -> readHold();
      case 20 -> readBooks();
      default -> packets.open();
    };
  }

  private long user() {
    return 1_001L + chance.nextInt(options.users());
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

  private Request settle(long nowMs) {
    SimTransfers.Wish wish = suspense.settle();
    return wish == null ? suspense.read() : wish(wish, nowMs);
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
    int asset = SimTransfers.asset(chance);
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

  private Request placeHold(long user, long nowMs) {
    int asset = SimTransfers.asset(chance);
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

  private Asked anyAsked() {
    return asked.get(chance.nextInt(asked.size()));
  }

  /** Somebody who lost an answer asks again; somebody else is careless with his keys. */
  private Request again() {
    if (asked.isEmpty()) {
      return readAccount();
    }
    Asked one = anyAsked();
    ClientKey key = one.key();
    if (chance.nextInt(5) == 0) {
      marks.count(Fault.REPEAT_OTHER_BODY);
      key = SimKeys.altered(key);
    } else {
      marks.count(Fault.REPEAT_SAME_BODY);
    }
    return request(one.owner(), one.command().apply(key));
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
    packets.heard(command, answer);
    people.heard(command, answer);
    logins.heard(command, answer);
    hooks.heard(answer);
    switch (answer) {
      case SuspenseShown shown -> suspense.heard(shown);
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
