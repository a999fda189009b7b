// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.redpacket.draw.PacketKind;
import java.util.List;

/** Equal shares, and a packet for one person. */
final class KindsChapter implements Chapter {

  private static final long EQUAL_MINOR = 10_00;
  private static final int EQUAL_SHARES = 5;
  private static final int INDIVISIBLE_SHARES = 3;
  private static final long EXCLUSIVE_MINOR = 5_20;

  @Override
  public String title(Stage stage) {
    return "Equal and exclusive packets";
  }

  @Override
  public void play(Stage stage) throws Exception {
    equal(stage);
    indivisible(stage);
    exclusive(stage);
  }

  private static void equal(Stage stage) throws Exception {
    User sender = stage.anybody();
    Told.Sent sent =
        stage.send(
            sender, PacketOrder.toRoom(PacketKind.EQUAL, EQUAL_MINOR, EQUAL_SHARES, Stage.ROOM_ID));
    List<User> openers = stage.others(sender, EQUAL_SHARES + 1);
    for (User opener : openers.subList(0, EQUAL_SHARES)) {
      stage.findings.sameMoney(
          "the equal share of " + opener,
          EQUAL_MINOR / EQUAL_SHARES,
          stage.open(opener, sent.id()).get().amountMinor());
    }
    Reply<Told.Opened> late = stage.open(openers.getLast(), sent.id());
    stage.findings.same("what the sixth hears", "empty", late.code());
    DrawCheck.verified(stage, sender, stage.compared(sender, sent.id()), sent.commitment());
    stage.page.line(
        "equal: %s in %d: each of %d people got %s, the sixth hears \"%s\""
            .formatted(
                Money.text(EQUAL_MINOR),
                EQUAL_SHARES,
                EQUAL_SHARES,
                Money.text(EQUAL_MINOR / EQUAL_SHARES),
                late.code()));
  }

  private static void indivisible(Stage stage) throws Exception {
    User sender = stage.anybody();
    PacketOrder order =
        PacketOrder.toRoom(PacketKind.EQUAL, EQUAL_MINOR, INDIVISIBLE_SHARES, Stage.ROOM_ID);
    Reply<Told.Sent> refused = stage.client.send(sender, stage.newKey(), order);
    stage.findings.same("what an indivisible sum hears", "indivisible", refused.code());
    stage.page.line(
        "equal: %s in %d is refused: %s"
            .formatted(Money.text(EQUAL_MINOR), INDIVISIBLE_SHARES, refused.refusal()));
  }

  private static void exclusive(Stage stage) throws Exception {
    List<User> three = stage.dice.pick(stage.people(), 3);
    User sender = three.get(0);
    User recipient = three.get(1);
    User stranger = three.get(2);
    Told.Sent sent = stage.send(sender, PacketOrder.toUser(EXCLUSIVE_MINOR, recipient.id()));
    Reply<Told.Opened> tried = stage.open(stranger, sent.id());
    stage.findings.same("what a stranger hears", "not_found", tried.code());
    stage.findings.same(
        "what a stranger reads", "not_found", stage.client.packet(stranger, sent.id()).code());
    Told.Opened opened = stage.open(recipient, sent.id()).get();
    stage.findings.sameMoney("the recipient's share", EXCLUSIVE_MINOR, opened.amountMinor());
    Told.Opened again = stage.open(recipient, sent.id()).get();
    stage.findings.holds(!again.first(), "a second open was told as the first");
    DrawCheck.verified(stage, sender, stage.compared(sender, sent.id()), sent.commitment());
    stage.page.line(
        "exclusive: %s got %s; a stranger hears \"%s\"; opening again gives the same share"
            .formatted(recipient, Money.text(opened.amountMinor()), tried.code()));
  }
}
