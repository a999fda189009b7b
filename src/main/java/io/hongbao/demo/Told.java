// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the server tells, as far as the play looks at it; amounts in minor units. */
final class Told {

  private Told() {}

  /** A packet, or the order for one, as its sender gets it. */
  record Sent(String id, String state, long totalMinor, int count, @Nullable String commitment) {

    static Sent read(Fields fields) throws UnexpectedAnswerException {
      return new Sent(
          fields.text("id"),
          fields.text("state"),
          fields.money("total"),
          (int) fields.number("count"),
          fields.json().containsKey("commitment") ? fields.text("commitment") : null);
    }
  }

  /**
   * A share as its holder hears of it when opening.
   *
   * @param first whether this very request opened it
   */
  record Opened(String packetId, int place, long amountMinor, boolean first) {

    static Opened read(Fields fields) throws UnexpectedAnswerException {
      return new Opened(
          fields.text("packet_id"),
          (int) fields.number("place"),
          fields.money("amount"),
          fields.flag("first"));
    }
  }

  /** A share as everybody sees it in its packet. */
  record Share(
      int place, String userId, long amountMinor, String openedAt, boolean credited, boolean best) {

    static Share read(Fields fields) throws UnexpectedAnswerException {
      return new Share(
          (int) fields.number("place"),
          fields.text("user_id"),
          fields.money("amount"),
          fields.text("opened_at"),
          fields.flag("credited"),
          fields.flag("best"));
    }
  }

  /**
   * A packet with its shares.
   *
   * @param bestLuck null while it is not closed, and for kinds without luck
   */
  record Packet(
      String id,
      String state,
      long totalMinor,
      int count,
      int openedCount,
      long openedMinor,
      int leftCount,
      long leftMinor,
      long refundedMinor,
      List<Share> shares,
      @Nullable Share bestLuck) {

    Packet {
      shares = List.copyOf(shares);
    }

    static Packet read(Fields fields) throws UnexpectedAnswerException {
      List<Share> shares = new ArrayList<>();
      for (Fields share : fields.objects("shares")) {
        shares.add(Share.read(share));
      }
      Fields best = fields.objectOrNull("best_luck");
      return new Packet(
          fields.text("id"),
          fields.text("state"),
          fields.money("total"),
          (int) fields.number("count"),
          (int) fields.number("opened_count"),
          fields.money("opened_amount"),
          (int) fields.number("left_count"),
          fields.money("left_amount"),
          fields.moneyOr("refunded_amount", 0),
          shares,
          best == null ? null : Share.read(best));
    }

    boolean isCredited() {
      return shares.stream().allMatch(Share::credited);
    }
  }

  /** What a user has. */
  record Balance(long balanceMinor, long heldMinor, String position) {

    /** A user who never held money has no entry. */
    static Balance read(Fields account) throws UnexpectedAnswerException {
      for (Fields balance : account.objects("balances")) {
        if (balance.text("asset").equals(Money.ASSET)) {
          return new Balance(
              balance.number("balance"), balance.number("held"), balance.text("position"));
        }
      }
      return new Balance(0, 0, "");
    }
  }

  /** One change of a balance. */
  record Entry(String kind, long amountMinor, long balanceAfterMinor, String refId) {

    static List<Entry> readAll(Fields page) throws UnexpectedAnswerException {
      List<Entry> entries = new ArrayList<>();
      for (Fields item : page.objects("items")) {
        Fields ref = item.objectOrNull("ref");
        entries.add(
            new Entry(
                item.text("kind"),
                item.number("amount"),
                item.number("balance_after"),
                ref == null ? "" : ref.text("id")));
      }
      return entries;
    }
  }

  /** A packet in the list of those somebody sent. */
  record SentItem(String id, String state) {

    static List<SentItem> readAll(Fields page) throws UnexpectedAnswerException {
      List<SentItem> items = new ArrayList<>();
      for (Fields item : page.objects("items")) {
        items.add(new SentItem(item.text("id"), item.text("state")));
      }
      return items;
    }
  }
}
