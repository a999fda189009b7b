// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.AccountShown;
import io.hongbao.account.AccountAnswer.Balance;
import io.hongbao.account.AccountAnswer.HoldShown;
import io.hongbao.account.HoldNote;
import io.hongbao.account.Transaction;
import io.hongbao.ledger.Hold;
import java.util.Locale;

/**
 * Writes accounts, transactions and holds as the contract shows them.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class AccountJson {

  private final AssetTable assets;

  AccountJson(AssetTable assets) {
    this.assets = assets;
  }

  /** A user's balances: one per asset that the account has ever held. */
  void account(JsonWriter json, AccountShown account, int partition) {
    json.beginObject().name("user_id").id(account.userId()).name("balances").beginArray();
    for (Balance balance : account.balances()) {
      if (balance.position() > 0) {
        json.beginObject().field("asset", assets.code(balance.asset()));
        json.field("balance", balance.balanceMinor()).field("held", balance.heldMinor());
        json.field("available", balance.availableMinor());
        json.name("position").position(partition, balance.position()).endObject();
      }
    }
    json.endArray().endObject();
  }

  /** A top-up or its reversal. */
  void transaction(JsonWriter json, Transaction booked, int partition) {
    boolean isReversal = booked.kind() == Transaction.Kind.REVERSAL;
    long amountMinor = isReversal ? -booked.amountMinor() : booked.amountMinor();
    json.beginObject().name("id").id(booked.id()).field("kind", booked.kind().wireName());
    json.name("user_id").id(booked.userId());
    json.name("amount").money(assets.code(booked.asset()), amountMinor);
    json.field("balance_after", booked.balanceAfterMinor());
    if (!booked.reason().isEmpty()) {
      json.field("reason", booked.reason());
    }
    if (isReversal) {
      json.name("reverses").id(booked.reversesId());
    }
    json.name("at").time(booked.bookedAtMs());
    json.name("position").position(partition, booked.bookedPosition()).endObject();
  }

  /** A hold as backends see it. */
  void ledgerHold(JsonWriter json, HoldShown shown, int partition, boolean isDryRun) {
    Hold hold = shown.hold();
    HoldNote note = shown.note();
    String asset = assets.code(shown.asset());
    boolean isHeld = hold.state() == Hold.State.HELD;
    json.beginObject();
    if (isDryRun) {
      json.field("dry_run", true);
    }
    if (hold.id() != 0) {
      json.name("id").id(hold.id());
    }
    json.name("owner_id").id(shown.userId());
    json.field("kind", hold.kind().name().toLowerCase(Locale.ROOT));
    json.field("state", shown.stage().wireName());
    json.name("amount").money(asset, note.amountMinor());
    json.name("posted_amount").money(asset, note.postedMinor() + note.lateMinor());
    json.name("held_amount").money(asset, isHeld ? hold.leftMinor() : 0);
    json.name("created_at").time(note.placedAtMs());
    json.name("expires_at").time(hold.deadlineMs());
    if (note.transferId() != 0) {
      json.name("last_transfer_id").id(note.transferId());
    }
    if (!note.reason().isEmpty()) {
      json.field("reason", note.reason());
    }
    if (!note.receipt().isEmpty()) {
      json.field("receipt", note.receipt());
    }
    if (!isDryRun) {
      json.name("position").position(partition, hold.position());
    }
    json.endObject();
  }

  /** A hold as it stands. */
  void hold(JsonWriter json, HoldShown shown, int partition) {
    Hold hold = shown.hold();
    String asset = assets.code(shown.asset());
    boolean isHeld = hold.state() == Hold.State.HELD;
    json.beginObject().name("id").id(hold.id()).name("user_id").id(shown.userId());
    json.field("kind", hold.kind().name().toLowerCase(Locale.ROOT));
    json.field("state", shown.stage().wireName());
    json.name("amount").money(asset, shown.note().amountMinor());
    json.name("posted_amount").money(asset, shown.note().postedMinor() + shown.note().lateMinor());
    json.name("held_amount").money(asset, isHeld ? hold.leftMinor() : 0);
    json.name("created_at").time(shown.note().placedAtMs());
    json.name("expires_at").time(hold.deadlineMs());
    if (!shown.note().reason().isEmpty()) {
      json.field("reason", shown.note().reason());
    }
    if (!shown.note().receipt().isEmpty()) {
      json.field("receipt", shown.note().receipt());
    }
    json.name("position").position(partition, hold.position()).endObject();
  }
}
