// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.http;

import io.hongbao.export.sql.StatementEntry;
import io.hongbao.export.sql.StatementExport.Line;
import io.hongbao.model.Rfc3339;
import io.vertx.core.buffer.Buffer;

/**
 * Writes statements as CSV: RFC 4180, UTF-8, a header line, CRLF.
 *
 * <p>Spreadsheets take a text that begins with certain characters for a formula and carry it out.
 * Only the client's own reference is such a text here; it gets an apostrophe in front, which they
 * read as "this is a text". Numbers stay numbers, also those below zero.
 *
 * <p><b>Thread:</b> any; has no state.
 */
final class StatementCsv {

  static final String HEADER =
      "id,at,kind,asset,amount,balance_after,ref_kind,ref_id,reference,position\r\n";

  /** What spreadsheets may carry out; the last two are the wide forms of East Asian input. */
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private StatementCsv() {}

  /** Writes one entry. */
  static void append(Buffer out, Line line, String asset, int partition) {
    StatementEntry entry = line.entry();
    StringBuilder row = new StringBuilder(160);
    String position = partition + ":" + entry.sequence();
    row.append(position).append(':').append(entry.eventIndex()).append(',');
    row.append(Rfc3339.format(entry.atMs())).append(',');
    row.append(entry.kind().wireName()).append(',').append(asset).append(',');
    row.append(entry.amountMinor()).append(',').append(entry.balanceAfterMinor()).append(',');
    if (entry.referenceId() != 0) {
      row.append(entry.kind().referenceKind()).append(',').append(entry.referenceId());
    } else {
      row.append(',');
    }
    row.append(',').append(field(line.reference())).append(',').append(position).append("\r\n");
    out.appendString(row.toString());
  }

  /** A text of a client as one field. */
  static String field(String text) {
    boolean isFormula = !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0;
    String safe = isFormula ? "'" + text : text;
    boolean mustQuote =
        safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
            || !safe.equals(safe.strip());
    return mustQuote ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
  }
}
