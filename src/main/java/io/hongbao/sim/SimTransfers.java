// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.BookBatch;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.PostHold;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.Metadata;
import io.hongbao.engine.ClientKey;
import io.hongbao.engine.KeyedCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/** Backends that move money in legs, undo it, and take what is held; also as they must not. */
final class SimTransfers {

  /** What to ask, and whose partition decides it. */
  record Wish(long owner, Function<ClientKey, KeyedCommand> command) {}

  private static final int MEMORY = 1_000;

  private final SimOptions options;
  private final SplittableRandom chance;
  private final List<LedgerTransfer> known = new ArrayList<>();

  SimTransfers(SimOptions options, SplittableRandom chance) {
    this.options = options;
    this.chance = chance;
  }

  Wish book() {
    long payer = user();
    Booking booking = booking(payer);
    return new Wish(payer, key -> new BookTransfer(key, booking));
  }

  Wish batch() {
    long payer = user();
    List<Booking> bookings = new ArrayList<>();
    for (int i = 1 + chance.nextInt(3); i > 0; i--) {
      bookings.add(booking(neighbour(payer)));
    }
    return new Wish(payer, key -> new BookBatch(key, bookings));
  }

  /** Legs of some transfer that lie together; sometimes not, or not any more. */
  Wish reverse() {
    if (known.isEmpty()) {
      return book();
    }
    LedgerTransfer transfer = known.get(chance.nextInt(known.size()));
    long owner = transfer.legs().get(chance.nextInt(transfer.legs().size())).toId();
    List<Integer> legs = new ArrayList<>();
    for (int i = 0; i < transfer.legs().size(); i++) {
      boolean isTogether =
          options.partitionOf(transfer.legs().get(i).toId()) == options.partitionOf(owner);
      if (isTogether && chance.nextInt(4) > 0) {
        legs.add(i);
      }
    }
    switch (chance.nextInt(30)) {
      case 0 -> legs.add(transfer.legs().size());
      case 1 -> legs.clear();
      case 2 -> legs.addAll(List.copyOf(legs));
      default -> {}
    }
    Note note = note();
    return new Wish(owner, key -> new ReverseTransfer(key, transfer.id(), legs, note));
  }

  Wish draw(long ownerId, long holdId) {
    long to = chance.nextInt(30) == 0 ? ownerId : user();
    long amount = chance.nextBoolean() ? PostHold.ALL : 1 + chance.nextInt(3_000);
    boolean isFinal = chance.nextInt(3) == 0;
    String receipt = chance.nextInt(3) == 0 ? "receipt" : "";
    Note note = note();
    return new Wish(
        ownerId, key -> new DrawHold(key, ownerId, holdId, amount, to, isFinal, receipt, note));
  }

  /** Some transfer of which somebody was told, or one that never was. */
  long anyId() {
    return known.isEmpty() ? 1 : known.get(chance.nextInt(known.size())).id();
  }

  void heard(LedgerTransfer transfer) {
    if (known.size() < MEMORY) {
      known.add(transfer);
    } else {
      known.set(chance.nextInt(MEMORY), transfer);
    }
  }

  private Note note() {
    String reference = chance.nextInt(3) > 0 ? "" : "r".repeat(1 + chance.nextInt(3));
    boolean isTooMuch = chance.nextInt(80) == 0;
    Metadata texts =
        chance.nextInt(3) > 0 ? Metadata.NONE : new Metadata(SimOwners.texts(chance, 6));
    return new Note(isTooMuch ? "r".repeat(65) : reference, "sale", texts, "op");
  }

  /** Some asset; now and then one that nobody knows. */
  static int asset(SplittableRandom chance) {
    int luck = chance.nextInt(40);
    return luck == 0 ? SimOptions.UNKNOWN_ASSET : luck < 30 ? SimOptions.CNY : SimOptions.COIN;
  }

  private long user() {
    return 1_001L + chance.nextInt(options.users());
  }

  // Somebody whose account lives in the same partition, mostly.
  private long neighbour(long user) {
    long other = user();
    boolean isNear = options.partitionOf(other) == options.partitionOf(user);
    return isNear || chance.nextInt(40) == 0 ? other : user;
  }

  private Booking booking(long payer) {
    List<Move> moves = new ArrayList<>();
    int count = chance.nextInt(60) == 0 ? 0 : 1 + chance.nextInt(4);
    for (int i = 0; i < count; i++) {
      int luck = chance.nextInt(120);
      int asset =
          luck == 0 ? SimOptions.UNKNOWN_ASSET : luck < 90 ? SimOptions.CNY : SimOptions.COIN;
      long amount = luck == 1 ? 0 : luck == 2 ? SimOptions.BALANCE_MAX + 1 : amount();
      moves.add(new Move(neighbour(payer), user(), asset, amount, 0));
    }
    return new Booking(moves, note());
  }

  // Now and then so much that somebody's wallet cannot take it.
  private long amount() {
    return 1L + chance.nextInt(chance.nextInt(8) == 0 ? 20_000 : 1_500);
  }
}
