// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.redpacket.draw.PacketKind;
import java.util.List;
import java.util.Optional;

/** A packet that only some open, and the day after. */
final class ExpiryChapter implements Chapter {

  private static final long TOTAL_MINOR = 20_00;
  private static final int SHARES = 8;
  private static final int OPENED = 3;
  private static final long DAY_MS = 24L * 3_600 * 1_000;
  private static final String REFUND = "red_packet_refunded";

  @Override
  public String title(Stage stage) {
    return "A packet that only some open: 24 hours later the rest is back";
  }

  @Override
  public void play(Stage stage) throws Exception {
    int senderIndex = stage.dice.below(stage.people().size());
    User sender = stage.people().get(senderIndex);
    Told.Sent sent =
        stage.send(
            sender, PacketOrder.toRoom(PacketKind.LUCKY_FAIR, TOTAL_MINOR, SHARES, Stage.ROOM_ID));
    List<User> openers = stage.others(sender, OPENED);
    for (User opener : openers) {
      stage.open(opener, sent.id()).get();
    }
    stage.awaitCredited(sender, sent.id());
    Told.Packet open = stage.compared(sender, sent.id());
    stage.page.line(
        "%d of %d shares are opened, %s is left of %s"
            .formatted(
                open.openedCount(), SHARES, Money.text(open.leftMinor()), Money.text(TOTAL_MINOR)));
    stage.awaitSettled();
    long beforeMinor = stage.client.balance(sender).balanceMinor();

    String now = stage.client.advanceClock(DAY_MS);
    // A day is also the life of a token.
    stage.setPeople(stage.client.mintTokens(Stage.FIRST_USER_ID, stage.options.userCount()));
    User senderNow = stage.people().get(senderIndex);
    long restMinor = stage.ledger.expired(sent.id());
    Told.Balance after =
        stage.await(
            "the rest of packet " + sent.id(),
            () -> stage.client.balance(senderNow),
            balance -> balance.balanceMinor() != beforeMinor);
    stage.findings.sameMoney(
        "what came back to " + sender, restMinor, after.balanceMinor() - beforeMinor);
    stage.page.line("the sandbox's clock is moved on by 24 hours, to " + now);
    stage.page.line(
        "balance of %s: before %s, after %s: %s came back"
            .formatted(
                sender,
                Money.text(beforeMinor),
                Money.text(after.balanceMinor()),
                Money.text(restMinor)));
    closed(stage, senderNow, sent, restMinor);
    statement(stage, senderNow, sent, after, restMinor);
  }

  private static void closed(Stage stage, User sender, Told.Sent sent, long restMinor)
      throws Exception {
    Told.Packet packet =
        stage.await(
            "packet " + sent.id() + " to be expired",
            () -> stage.compared(sender, sent.id()),
            now -> now.state().equals("expired"));
    stage.findings.sameMoney("what the packet says it returned", restMinor, packet.refundedMinor());
    stage.findings.same("shares left in the packet", 0, packet.leftCount());
    User late =
        stage.people().stream()
            .filter(user -> !stage.ledger.has(sent.id(), user.id()) && !user.equals(sender))
            .findFirst()
            .orElse(sender);
    Reply<Told.Opened> tooLate = stage.open(late, sent.id());
    stage.findings.same("what an open hears a day later", "expired", tooLate.code());
    DrawCheck.verified(stage, sender, packet, sent.commitment());
  }

  private static void statement(
      Stage stage, User sender, Told.Sent sent, Told.Balance balance, long restMinor)
      throws Exception {
    List<Told.Entry> entries = stage.client.statement(sender, balance.position());
    Optional<Told.Entry> entry =
        entries.stream()
            .filter(one -> one.kind().equals(REFUND) && one.refId().equals(sent.id()))
            .findFirst();
    if (entry.isEmpty()) {
      stage.findings.differs("the statement of %s has no %s".formatted(sender, REFUND));
      return;
    }
    stage.findings.sameMoney("the statement's entry", restMinor, entry.get().amountMinor());
    stage.findings.sameMoney(
        "the balance on the statement", balance.balanceMinor(), entry.get().balanceAfterMinor());
    stage.page.line(
        "statement: %s %s, balance %s"
            .formatted(
                entry.get().kind(),
                Money.text(entry.get().amountMinor()),
                Money.text(entry.get().balanceAfterMinor())));
  }
}
