// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.account;

import static io.hongbao.account.AccountBench.CNY;
import static io.hongbao.account.AccountBench.COIN;
import static io.hongbao.account.AccountBench.OPERATOR;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.AccountAnswer.LedgerTransferShown;
import io.hongbao.account.AccountCommand.BookTransfer;
import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.DrawHold;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountCommand.PlaceHold;
import io.hongbao.account.AccountCommand.ReleaseHold;
import io.hongbao.account.AccountCommand.ReverseTransfer;
import io.hongbao.account.LedgerModel.Accepted;
import io.hongbao.account.LedgerModel.Held;
import io.hongbao.engine.Heard;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.TestKeys;
import io.hongbao.engine.TestLinks;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.ledger.Hold;
import io.hongbao.time.SeededRandomness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random transfers in many legs, holds and reversals between accounts of several partitions, over
 * links that lose, double and reorder, through crashes: at every step the books are right (the
 * harness looks), and at the end everybody has what a simple model says.
 *
 * <p>Chance comes from the seed in the test's name; the same seed plays the same run. What was
 * asked but not heard before a crash is asked again with the same key, as clients do.
 */
class LedgerConvergenceTest {

  private static final int STEPS = 1_200;
  private static final int OWNERS = 16;
  private static final long FUNDS = 20_000;
  private static final Note NOTE = new Note("ref", "", Metadata.NONE, OPERATOR);

  private record Asked(int partition, AccountCommand command, Consumer<Heard> whenAccepted) {}

  private record Waiting(Asked asked, Heard heard) {}

  private SeededRandomness chance = new SeededRandomness(0);
  private AccountBench bench = new AccountBench();
  private final LedgerModel model = new LedgerModel();
  private final List<Waiting> waiting = new ArrayList<>();
  private int accepted;
  private int refused;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void everybodyHasWhatTheModelSays(long seed) {
    chance = new SeededRandomness(seed);
    bench = new AccountBench();
    for (int i = 0; i < OWNERS; i++) {
      for (int asset : new int[] {CNY, COIN}) {
        bench.topUp(owner(i), asset, FUNDS);
        model.change(owner(i), asset, FUNDS);
      }
    }
    bench.harness.links().faults(new TestLinks.Faults(15, 15, 25));

    for (int step = 0; step < STEPS; step++) {
      play();
    }
    bench.harness.links().faults(TestLinks.Faults.NONE);
    bench.harness.settleTransfers();
    listen();

    assertEquals(List.of(), waiting, "everything was answered");
    bench.harness.checkRebuild();
    checkAgainstModel();
    assertTrue(accepted > 200 && refused > 5, "lively: " + accepted + ", " + refused);
    // Four days later all of it has left memory, and nothing else has changed.
    for (int day = 0; day < 4; day++) {
      bench.harness.advance(86_400_000);
      bench.harness.settleTransfers();
    }
    checkAgainstModel();
    checkForgotten();
    bench.harness.checkRebuild();
  }

  private void play() {
    int dice = below(100);
    if (dice < 22) {
      ask(transfer());
    } else if (dice < 30) {
      ask(placeHold());
    } else if (dice < 40 && !model.holds.isEmpty()) {
      ask(drawHold());
    } else if (dice < 43 && !model.holds.isEmpty()) {
      ask(releaseHold());
    } else if (dice < 50 && !model.transfers.isEmpty()) {
      ask(reversal());
    } else if (dice < 97) {
      bench.harness.step();
      bench.harness.clock().advance(below(400));
    } else if (dice < 99) {
      crash();
    } else {
      bench.harness.restartFromSnapshots();
    }
    listen();
  }

  private void ask(Asked asked) {
    waiting.add(new Waiting(asked, bench.harness.submit(asked.partition(), asked.command())));
  }

  private void listen() {
    for (Waiting one : List.copyOf(waiting)) {
      if (!one.heard().isSilent()) {
        waiting.remove(one);
        if (one.heard().holds(Refusal.class)) {
          refused++;
        } else {
          accepted++;
          one.asked().whenAccepted().accept(one.heard());
        }
      }
    }
  }

  // Nobody knows what became of what was not answered; the same key finds out.
  private void crash() {
    List<Waiting> unanswered = List.copyOf(waiting);
    waiting.clear();
    bench.harness.crash();
    unanswered.forEach(one -> ask(one.asked()));
  }

  private Asked transfer() {
    int asset = below(2) == 0 ? CNY : COIN;
    List<Move> moves = new ArrayList<>();
    long payer = owner(below(OWNERS));
    int legs = 1 + below(5);
    for (int i = 0; i < legs; i++) {
      // Sometimes a neighbour of the same partition pays one of the legs.
      long from = below(5) == 0 ? neighbour(payer) : payer;
      long to = owner(below(OWNERS));
      if (to != from) {
        moves.add(new Move(from, to, asset, 1 + below(below(4) == 0 ? 12_000 : 700), 0));
      }
    }
    if (moves.isEmpty() || below(6) == 0) {
      // Passes through the neighbour and leaves nothing there.
      long amountMinor = 1L + below(500);
      moves.add(new Move(payer, neighbour(payer), asset, amountMinor, 0));
      moves.add(new Move(neighbour(payer), payer, asset, amountMinor, 0));
    }
    BookTransfer command = new BookTransfer(key(), new Booking(moves, NOTE));
    return new Asked(
        bench.harness.partitionOf(payer),
        command,
        heard -> model.accepted(heard.as(LedgerTransferShown.class).transfer().id(), moves));
  }

  private Asked placeHold() {
    long ownerId = owner(below(OWNERS));
    int asset = below(2) == 0 ? CNY : COIN;
    long amountMinor = 1L + below(2_000);
    PlaceHold command =
        new PlaceHold(
            key(),
            ownerId,
            asset,
            amountMinor,
            Hold.Kind.EXTERNAL,
            bench.harness.nowMs() + 1_000_000,
            "",
            OPERATOR);
    return new Asked(
        bench.harness.partitionOf(ownerId),
        command,
        heard ->
            model.holds.add(
                new Held(heard.as(HoldShown.class).hold().id(), ownerId, asset, amountMinor)));
  }

  private Asked drawHold() {
    Held held = model.holds.get(below(model.holds.size()));
    long amountMinor = 1L + below(900);
    boolean isFinal = below(3) == 0;
    long other = owner(below(OWNERS));
    long toId = below(4) == 0 || other == held.ownerId ? Leg.CLEARING : other;
    DrawHold command =
        new DrawHold(
            key(), AccountCommand.ANY_OWNER, held.id, amountMinor, toId, isFinal, "", NOTE);
    return new Asked(
        bench.harness.partitionOf(held.ownerId),
        command,
        heard -> {
          HoldShown shown = heard.as(HoldShown.class);
          Move move = new Move(held.ownerId, toId, held.asset, amountMinor, 0);
          if (toId == Leg.CLEARING) {
            model.moved(List.of(move));
          } else {
            model.accepted(shown.note().transferId(), List.of(move));
          }
          held.leftMinor = isFinal ? 0 : held.leftMinor - amountMinor;
        });
  }

  private Asked releaseHold() {
    Held held = model.holds.get(below(model.holds.size()));
    ReleaseHold command =
        new ReleaseHold(key(), AccountCommand.ANY_OWNER, held.id, "did not happen", OPERATOR);
    return new Asked(bench.harness.partitionOf(held.ownerId), command, heard -> held.leftMinor = 0);
  }

  private Asked reversal() {
    Accepted original = model.transfers.get(below(model.transfers.size()));
    int partition =
        bench.harness.partitionOf(original.moves().get(below(original.moves().size())).toId());
    List<Integer> legs = new ArrayList<>();
    for (int i = 0; i < original.moves().size(); i++) {
      if (bench.harness.partitionOf(original.moves().get(i).toId()) == partition) {
        legs.add(i);
      }
    }
    ReverseTransfer command = new ReverseTransfer(key(), original.id(), legs, NOTE);
    return new Asked(partition, command, heard -> model.reversed(original, legs));
  }

  private void checkAgainstModel() {
    for (int i = 0; i < OWNERS; i++) {
      for (int asset : new int[] {CNY, COIN}) {
        long key = AccountKey.wallet(owner(i), asset);
        var ledger = bench.harness.state(bench.harness.partitionOf(owner(i))).parts().ledger();
        String what = "owner " + owner(i) + ", asset " + asset;
        assertEquals(model.balanceMinor(owner(i), asset), ledger.balanceMinor(key), what);
        assertEquals(model.heldMinor(owner(i), asset), ledger.heldMinor(key), what + " held");
      }
    }
    for (int asset : new int[] {CNY, COIN}) {
      assertEquals(0, bench.harness.systemMinor(AccountKind.TRANSIT, asset));
      assertEquals(0, bench.harness.systemMinor(AccountKind.SUSPENSE, asset));
    }
    for (Accepted transfer : model.transfers) {
      int home = bench.harness.partitionOf(transfer.id());
      LedgerTransfer known =
          bench.harness.family(home, AccountFamily.class).state().book().transfer(transfer.id());
      if (known != null) {
        assertEquals(LedgerTransfer.Stage.COMPLETED, known.stage());
        for (Leg leg : known.legs()) {
          assertEquals(transfer.reversed().contains(leg.number()), leg.reversalId() != 0);
        }
      }
    }
  }

  private void checkForgotten() {
    for (int partition = 0; partition < 4; partition++) {
      TransferBook book = bench.harness.family(partition, AccountFamily.class).state().book();
      assertEquals(0, book.transferCount(), "transfers in memory");
      assertEquals(0, book.arrivalCount(), "arrivals in memory");
      assertEquals(0, book.legsInFlight(), "legs in flight");
    }
  }

  private io.hongbao.engine.ClientKey key() {
    return TestKeys.key(bench.nextKey());
  }

  // Users and businesses, four in each partition.
  private static long owner(int index) {
    return index % 3 == 0 ? AccountKey.BUSINESS_MIN + index : 20_000 + index;
  }

  private static long neighbour(long ownerId) {
    for (int i = 0; i < OWNERS; i++) {
      if (owner(i) != ownerId && owner(i) % 4 == ownerId % 4) {
        return owner(i);
      }
    }
    throw new IllegalStateException("nobody lives beside " + ownerId);
  }

  private int below(int bound) {
    return (int) Long.remainderUnsigned(chance.nextLong(), bound);
  }
}
