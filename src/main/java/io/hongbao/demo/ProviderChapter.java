// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.redpacket.draw.PacketKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A packet that a payment provider pays, and whose good news comes late, forged, and twice. */
final class ProviderChapter implements Chapter {

  private static final String PROVIDER = "sim";
  private static final long TOTAL_MINOR = 50_00;
  private static final int SHARES = 5;
  private static final long PAY_AFTER_MS = 200;
  private static final long FORGED_AFTER_MS = 50;
  private static final long NOTICE_AFTER_MS = 1_500;

  /** After this time a slow machine might be overtaken by the notice. */
  private static final long SURELY_UNPAID_MS = 700;

  /** Copies go out together; this is long for a second one that takes the same way. */
  private static final long SECOND_COPY_MS = 500;

  private static final String FORGED_SIGNATURE = "t=%d,v1=" + "0123456789abcdef".repeat(4);

  @Override
  public String title(Stage stage) {
    return "A packet paid by a provider whose notice comes late and twice";
  }

  @Override
  public void play(Stage stage) throws Exception {
    JsonArray notices =
        new JsonArray()
            .add(new JsonObject().put("after_ms", FORGED_AFTER_MS).put("forged", true))
            .add(new JsonObject().put("after_ms", NOTICE_AFTER_MS).put("copies", 2));
    stage.client.scriptProvider(
        PROVIDER, new JsonObject().put("pay_after_ms", PAY_AFTER_MS).put("notices", notices));
    User sender = stage.anybody();
    long balanceMinor = stage.client.balance(sender).balanceMinor();
    String key = stage.newKey();
    PacketOrder order =
        PacketOrder.toRoom(PacketKind.EQUAL, TOTAL_MINOR, SHARES, Stage.ROOM_ID).paidBy(PROVIDER);
    long startNanos = System.nanoTime();
    Told.Sent sent = stage.client.send(sender, key, order).get();
    stage.findings.same("state of the order", "unpaid", sent.state());
    stage.page.line("%s orders packet %s: %s".formatted(sender, sent.id(), sent.state()));
    repeat(stage, sender, key, order, sent);
    if (Stage.sinceMs(startNanos) < SURELY_UNPAID_MS) {
      openTooEarly(stage, sender, sent);
    }
    forge(stage, sent);

    Told.Packet open =
        stage.await(
            "the provider's payment",
            () -> stage.client.packet(sender, sent.id()).get(),
            packet -> !packet.state().equals("unpaid") && !packet.state().equals("sending"));
    long waitedMs = Stage.sinceMs(startNanos);
    stage.findings.same("state of the paid packet", "open", open.state());
    // Paid and told of are two things; the forged notice must have opened nothing in between.
    stage.findings.holds(
        waitedMs >= NOTICE_AFTER_MS,
        "the packet opened after %d ms, before any true notice".formatted(waitedMs));
    stage.page.line("paid: the true notice came after %d ms, packet open".formatted(waitedMs));
    Thread.sleep(SECOND_COPY_MS);
    stage.book(stage.ledger.paidByProvider(sent.id(), sender.id(), TOTAL_MINOR, SHARES));
    onePacketOnly(stage, sender, sent, balanceMinor);
  }

  private static void repeat(
      Stage stage, User sender, String key, PacketOrder order, Told.Sent sent) throws Exception {
    Reply<Told.Sent> again = stage.client.send(sender, key, order);
    stage.findings.same("packet of the repeated order", sent.id(), again.get().id());
    stage.findings.holds(again.replayed(), "the repeated order was not told as a repeat");
  }

  private static void openTooEarly(Stage stage, User sender, Told.Sent sent) throws Exception {
    User member = stage.others(sender, 1).getFirst();
    Reply<Told.Opened> tooEarly = stage.client.open(member, sent.id());
    stage.findings.same("what a member hears before payment", "not_found", tooEarly.code());
  }

  private static void forge(Stage stage, Told.Sent sent) throws Exception {
    JsonObject notice =
        new JsonObject()
            .put("notice_id", "forged-1")
            .put("provider", PROVIDER)
            .put("order_id", sent.id())
            .put("provider_txn", "forged-1")
            .put("amount", DemoClient.amount(TOTAL_MINOR))
            .put("status", "paid")
            .put("paid_at", "2026-02-16T12:00:05.000Z");
    String signature = FORGED_SIGNATURE.formatted(System.currentTimeMillis());
    Reply<Fields> refused = stage.client.notice(PROVIDER, signature, notice);
    stage.findings.same("what a forged notice hears", "notice_forged", refused.code());
    stage.page.line("a forged notice is refused: " + refused.refusal());
  }

  private static void onePacketOnly(
      Stage stage, User sender, Told.Sent sent, long balanceBeforeMinor) throws Exception {
    int differencesBefore = stage.findings.count();
    stage.findings.sameMoney(
        "balance of " + sender + ", who paid elsewhere",
        balanceBeforeMinor,
        stage.client.balance(sender).balanceMinor());
    List<User> openers = stage.others(sender, SHARES + 1);
    for (User opener : openers.subList(0, SHARES)) {
      stage.open(opener, sent.id()).get();
    }
    Reply<Told.Opened> late = stage.open(openers.getLast(), sent.id());
    stage.findings.same("what comes after the last share", "empty", late.code());
    stage.awaitCredited(sender, sent.id());
    Told.Packet packet = stage.compared(sender, sent.id());
    List<Told.SentItem> listed =
        stage.await(
            "the packet in its sender's list",
            () -> stage.client.sentPackets(sender),
            items ->
                items.stream()
                    .anyMatch(item -> item.id().equals(sent.id()) && item.state().equals("empty")));
    long times = listed.stream().filter(item -> item.id().equals(sent.id())).count();
    stage.findings.same("how often the packet is in its sender's list", 1L, times);
    stage.lineIfRight(
        differencesBefore,
        "the notice came twice, the packet is there once: %d shares, %s"
            .formatted(packet.openedCount(), Money.text(packet.openedMinor())));
  }
}
