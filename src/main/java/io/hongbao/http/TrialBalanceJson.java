// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.account.PartitionBooks;
import io.hongbao.account.PartitionBooks.AccountSum;
import io.hongbao.ledger.AccountKind;
import java.util.Locale;
import java.util.Map;

/** Writes a trial balance as the contract shows it. */
final class TrialBalanceJson {

  private TrialBalanceJson() {}

  static void write(JsonWriter json, TrialBalance balance, long atMs, AssetTable assets) {
    json.beginObject().field("balanced", balance.isBalanced()).field("exact", balance.isExact());
    json.name("at").time(atMs).name("totals");
    sums(json, balance.totals(), assets);
    json.name("in_flight").beginArray();
    for (TrialBalance.InFlight one : balance.inFlight()) {
      json.beginObject().field("source", one.source()).field("destination", one.destination());
      json.field("asset", assets.code(one.asset())).field("transfer_count", one.count());
      json.field("amount", one.amountMinor()).endObject();
    }
    json.endArray().name("partitions").beginArray();
    for (TrialBalance.Books one : balance.books()) {
      PartitionBooks accounts = one.accounts();
      json.beginObject().name("position").position(accounts.partition(), accounts.sequence());
      json.name("assets");
      sums(json, TrialBalance.byAsset(accounts), assets);
      json.endObject();
    }
    json.endArray().endObject();
  }

  private static void sums(
      JsonWriter json, Map<Integer, Map<AccountKind, AccountSum>> byAsset, AssetTable assets) {
    json.beginArray();
    byAsset.forEach(
        (asset, kinds) -> {
          json.beginObject().field("asset", assets.code(asset)).name("accounts").beginArray();
          long total = 0;
          for (AccountSum sum : kinds.values()) {
            total = Math.addExact(total, sum.balanceMinor());
            json.beginObject().field("kind", wireName(sum.kind()));
            json.field("count", sum.count()).field("sum", sum.balanceMinor()).endObject();
          }
          json.endArray().field("sum", total).endObject();
        });
    json.endArray();
  }

  // The contract speaks of users; "wallet" is there the name of a way to pay.
  private static String wireName(AccountKind kind) {
    return kind == AccountKind.WALLET ? "user" : kind.name().toLowerCase(Locale.ROOT);
  }
}
