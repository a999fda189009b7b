// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.account.AccountCodec;
import io.hongbao.account.AccountEvent;
import io.hongbao.account.AccountEvent.HoldEvicted;
import io.hongbao.account.AccountEvent.HoldLateSuccess;
import io.hongbao.account.AccountEvent.HoldPlaced;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.AccountEvent.HoldReleased;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.ToppedUp;
import io.hongbao.account.AccountEvent.TransactionEvicted;
import io.hongbao.account.AccountEvent.TransactionReversed;
import io.hongbao.account.codec.HoldEvictedDecoder;
import io.hongbao.account.codec.HoldLateSuccessDecoder;
import io.hongbao.account.codec.HoldPlacedDecoder;
import io.hongbao.account.codec.HoldPostedDecoder;
import io.hongbao.account.codec.HoldReleasedDecoder;
import io.hongbao.account.codec.ToppedUpDecoder;
import io.hongbao.account.codec.TransactionEvictedDecoder;
import io.hongbao.account.codec.TransactionReversedDecoder;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Template;
import io.hongbao.feed.Template.Hidden;
import io.hongbao.feed.Template.Shown;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Top-ups, reversals, holds, and what {@link LedgerShapes} says of transfers. */
public final class AccountFeed implements FamilyFeed {

  private static final String ACCOUNT = "account";
  private static final String HOLD = "hold";

  private final EventCodec codec = new AccountCodec();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Template> templates() {
    List<Template> templates = new ArrayList<>(LedgerShapes.templates());
    Collections.addAll(
        templates,
        new Shown(ToppedUpDecoder.TEMPLATE_ID, "account.topped_up", ACCOUNT),
        new Shown(TransactionReversedDecoder.TEMPLATE_ID, "account.reversed", ACCOUNT),
        new Hidden(TransactionEvictedDecoder.TEMPLATE_ID, LedgerShapes.MEMORY),
        new Shown(HoldPlacedDecoder.TEMPLATE_ID, "hold.placed", HOLD),
        new Shown(HoldPostedDecoder.TEMPLATE_ID, "hold.posted", HOLD),
        new Shown(HoldReleasedDecoder.TEMPLATE_ID, "hold.released", HOLD),
        new Shown(HoldLateSuccessDecoder.TEMPLATE_ID, "hold.late_success", HOLD),
        new Hidden(HoldEvictedDecoder.TEMPLATE_ID, LedgerShapes.MEMORY));
    return templates;
  }

  @Override
  public long subjectId(Event event) {
    return switch ((AccountEvent) event) {
      case ToppedUp e -> e.userId();
      case TransactionReversed e -> e.userId();
      case TransactionEvicted e -> e.transactionId();
      case HoldPlaced e -> e.holdId();
      case HoldPosted e -> e.holdId();
      case HoldReleased e -> e.holdId();
      case HoldLateSuccess e -> e.holdId();
      case HoldEvicted e -> e.holdId();
      case LedgerEvent e -> LedgerShapes.subjectId(e);
    };
  }

  @Override
  public long userId(Event event) {
    return switch ((AccountEvent) event) {
      case ToppedUp e -> e.userId();
      case TransactionReversed e -> e.userId();
      case HoldPlaced e -> e.userId();
      case HoldPosted e -> e.userId();
      case HoldReleased e -> e.userId();
      case HoldLateSuccess e -> e.userId();
      case TransactionEvicted e -> 0;
      case HoldEvicted e -> 0;
      case LedgerEvent e -> LedgerShapes.userId(e);
    };
  }

  @Override
  public void write(Event event, DataWriter data) {
    switch ((AccountEvent) event) {
      case ToppedUp e ->
          data.id("transaction_id", e.transactionId())
              .id("user_id", e.userId())
              .money("amount", e.asset(), e.amountMinor())
              .number("balance_after", e.balanceAfterMinor())
              .textIfAny("reason", e.reason())
              .text("operator", e.operator());
      case TransactionReversed e ->
          data.id("transaction_id", e.transactionId())
              .id("reverses", e.reversesId())
              .id("user_id", e.userId())
              .money("amount", e.asset(), -e.amountMinor())
              .number("balance_after", e.balanceAfterMinor())
              .textIfAny("reason", e.reason())
              .text("operator", e.operator());
      case HoldPlaced e ->
          data.id("hold_id", e.holdId())
              .id("user_id", e.userId())
              .money("amount", e.asset(), e.amountMinor())
              .text("kind", e.kind().name().toLowerCase(Locale.ROOT))
              .time("expires_at", e.deadlineMs())
              .textIfAny("reason", e.reason())
              .text("operator", e.operator());
      case HoldPosted e ->
          data.id("hold_id", e.holdId())
              .id("user_id", e.userId())
              .money("amount", e.asset(), e.amountMinor())
              .number("left", e.leftMinor())
              .number("balance_after", e.balanceAfterMinor())
              .text("operator", e.operator());
      case HoldReleased e ->
          data.id("hold_id", e.holdId())
              .id("user_id", e.userId())
              .money("amount", e.asset(), e.amountMinor())
              .text("cause", e.cause().name().toLowerCase(Locale.ROOT))
              .textIfAny("receipt", e.receipt())
              .textIfAny("operator", e.operator());
      case HoldLateSuccess e ->
          data.id("hold_id", e.holdId())
              .id("user_id", e.userId())
              .money("amount", e.asset(), e.amountMinor())
              .textIfAny("receipt", e.receipt())
              .textIfAny("operator", e.operator());
      case TransactionEvicted e -> {}
      case HoldEvicted e -> {}
      case LedgerEvent e -> LedgerShapes.write(e, data);
    }
  }
}
