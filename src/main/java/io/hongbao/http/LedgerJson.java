// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountAnswer.OwnedAccount;
import io.hongbao.account.AccountAnswer.OwnerShown;
import io.hongbao.account.LedgerTransfer;
import io.hongbao.account.Leg;
import io.hongbao.account.Metadata;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.Bounds;
import io.hongbao.ledger.SuspenseEntry;
import io.hongbao.model.RefusalCode;

/**
 * Writes owners, transfers and suspense as the contract shows them.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class LedgerJson {

  /** In the places of owners: the accounts of the partition itself. */
  static final String CLEARING = "clearing";

  static final String SUSPENSE = "suspense";

  private final AssetTable assets;

  LedgerJson(AssetTable assets) {
    this.assets = assets;
  }

  /** An owner's accounts: those that ever held money or have limits of their own. */
  void owner(JsonWriter json, OwnerShown owner, int partition) {
    json.beginObject().name("owner_id").id(owner.ownerId());
    json.field("kind", AccountKey.isBusiness(owner.ownerId()) ? "business" : "user");
    json.name("accounts").beginArray();
    for (OwnedAccount account : owner.accounts()) {
      if (account.position() > 0 || account.bounds().position() > 0) {
        account(json, account, partition);
      }
    }
    json.endArray();
    metadata(json, owner.metadata());
    json.endObject();
  }

  private void account(JsonWriter json, OwnedAccount account, int partition) {
    Bounds bounds = account.bounds();
    json.beginObject().field("asset", assets.code(account.asset()));
    json.field("balance", account.balanceMinor()).field("held", account.heldMinor());
    json.field("available", account.availableMinor());
    json.field("credit_limit", -bounds.lowerMinor());
    if (bounds.upperMinor() != Bounds.NO_UPPER) {
      json.field("balance_max", bounds.upperMinor());
    }
    json.field("frozen", bounds.isFrozen()).field("closed", bounds.isClosed());
    long position = Math.max(account.position(), bounds.position());
    json.name("position").position(partition, position).endObject();
  }

  /** A transfer as it stands; without an id when it is a dry run's. */
  void transfer(JsonWriter json, LedgerTransfer transfer, int partition) {
    json.beginObject();
    if (transfer.id() == 0) {
      json.field("dry_run", true);
    } else {
      json.name("id").id(transfer.id());
    }
    json.field("kind", transfer.kind().wireName()).field("state", transfer.stage().wireName());
    if (transfer.reversesId() != 0) {
      json.name("reverses").id(transfer.reversesId());
    }
    if (!transfer.reference().isEmpty()) {
      json.field("reference", transfer.reference());
    }
    if (!transfer.reason().isEmpty()) {
      json.field("reason", transfer.reason());
    }
    json.name("legs").beginArray();
    transfer.legs().forEach(leg -> leg(json, leg));
    json.endArray();
    metadata(json, transfer.metadata());
    json.name("created_at").time(transfer.bookedAtMs());
    if (transfer.id() != 0) {
      json.name("position").position(partition, transfer.bookedPosition());
    }
    json.endObject();
  }

  private void leg(JsonWriter json, Leg leg) {
    json.beginObject().field("leg", leg.number());
    json.field("from", party(leg.fromId())).field("to", party(leg.toId()));
    json.name("amount").money(assets.code(leg.asset()), leg.amountMinor());
    json.field("state", leg.state().wireName());
    if (leg.reasonNumber() != 0) {
      json.field("reason", RefusalCode.ofNumber(leg.reasonNumber()).wireName());
    }
    if (leg.settlementId() != 0) {
      json.name("settled_by").id(leg.settlementId());
    }
    if (leg.reversalId() != 0) {
      json.name("reversed_by").id(leg.reversalId());
    }
    json.endObject();
  }

  private static String party(long partyId) {
    if (partyId == Leg.CLEARING) {
      return CLEARING;
    }
    return partyId == Leg.SUSPENSE ? SUSPENSE : Long.toString(partyId);
  }

  private static void metadata(JsonWriter json, Metadata metadata) {
    json.name("metadata").beginObject();
    metadata.entries().forEach(json::field);
    json.endObject();
  }

  /** An open entry in suspense. */
  void suspense(JsonWriter json, SuspenseEntry entry, int partition) {
    json.beginObject().field("id", suspenseId(partition, entry.number()));
    json.name("amount").money(assets.code(entry.asset()), entry.amountMinor());
    json.field("origin", entry.origin().wireName()).name("origin_id").id(entry.originId());
    if (entry.origin() == SuspenseEntry.Origin.TRANSFER) {
      json.field("leg", entry.place());
    }
    json.name("owner_id").id(entry.ownerId());
    if (entry.reasonNumber() != 0) {
      json.field("reason", RefusalCode.ofNumber(entry.reasonNumber()).wireName());
    }
    json.name("since").time(entry.atMs());
    json.name("position").position(partition, entry.position()).endObject();
  }

  /** The id of an entry: its partition and its number there. */
  static String suspenseId(int partition, long number) {
    return partition + ":" + number;
  }
}
