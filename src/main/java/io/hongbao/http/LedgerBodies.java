// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.account.AccountCommand.Booking;
import io.hongbao.account.AccountCommand.Move;
import io.hongbao.account.AccountCommand.Note;
import io.hongbao.account.AccountLimits;
import io.hongbao.account.Metadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what transfers, holds and metadata say in requests.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class LedgerBodies {

  /** Names that need no quoting anywhere. */
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9_.-]{1," + Metadata.NAME_CHARS_MAX + "}");

  private static final Pattern REFERENCE =
      Pattern.compile("[\\x20-\\x7E]{1," + AccountLimits.REFERENCE_CHARS_MAX + "}");

  private final AssetTable assets;

  LedgerBodies(AssetTable assets) {
    this.assets = assets;
  }

  /** The legs of a transfer, and what is said about it. */
  Booking booking(JsonRequest body, String operator) throws BadRequestException {
    List<JsonRequest> legs = body.objects("legs", Booking.LEGS_MAX);
    if (legs.isEmpty()) {
      throw body.wrong("legs", "must not be empty");
    }
    List<Move> moves = new ArrayList<>(legs.size());
    for (JsonRequest leg : legs) {
      long from = leg.id("from", Fields.ID_MAX);
      long to = leg.id("to", Fields.ID_MAX);
      if (from == to) {
        throw leg.wrong("to", "must be another account than from");
      }
      Fields.Amount amount = Fields.amount(leg, "amount");
      moves.add(new Move(from, to, assets.numberOr0(amount.asset()), amount.amountMinor(), 0));
    }
    return new Booking(moves, note(body, operator));
  }

  /** What a transfer is called and why it is made. */
  static Note note(JsonRequest body, String operator) throws BadRequestException {
    String reference =
        body.has("reference")
            ? body.text("reference", REFERENCE, "1 to 64 printable ASCII characters")
            : "";
    String reason = Fields.line(body, "reason", OperatorRoutes.TEXT_CHARS_MAX);
    return new Note(reference, reason, metadata(body), operator);
  }

  private static Metadata metadata(JsonRequest body) throws BadRequestException {
    if (!body.has("metadata")) {
      return Metadata.NONE;
    }
    Metadata metadata = new Metadata(entries(body, "metadata"));
    if (!metadata.fits()) {
      throw body.wrong("metadata", "must have at most " + Metadata.BYTES_MAX + " bytes");
    }
    return metadata;
  }

  /** An object of texts. */
  static Map<String, String> entries(JsonRequest body, String field) throws BadRequestException {
    JsonRequest object = body.object(field);
    Map<String, String> entries = new HashMap<>();
    for (String name : object.names()) {
      if (entries.size() == Metadata.ENTRIES_MAX) {
        throw body.wrong(field, "must have at most " + Metadata.ENTRIES_MAX + " entries");
      }
      checkName(object, name);
      entries.put(name, Fields.line(object, name, Metadata.VALUE_CHARS_MAX));
    }
    return entries;
  }

  static void checkName(JsonRequest body, String name) throws BadRequestException {
    if (!NAME.matcher(name).matches()) {
      throw body.wrong(name, "is no name: 1 to 40 of A-Z a-z 0-9 _ . -");
    }
  }
}
