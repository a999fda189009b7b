// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import io.hongbao.model.Check;
import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.StrictFields;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;

/**
 * A provider's word that an order was paid, as it travels.
 *
 * <p>The body is a JSON object of exactly these fields:
 *
 * <pre>
 * {"notice_id":"…","provider":"sim","order_id":"123","provider_txn":"…",
 *  "amount":{"asset":"CNY","amount":10000},"status":"paid","paid_at":"2026-01-31T08:00:00Z"}
 * </pre>
 *
 * @param noticeId the same for each copy of one notice
 */
public record PayNotice(
    String provider,
    long orderId,
    String providerTxn,
    String asset,
    long amountMinor,
    long paidAtMs,
    String noticeId) {

  /** Real notices have some 300 bytes; nothing beyond this is read. */
  public static final int BODY_BYTES_MAX = 4096;

  /** The largest amount that every JSON reader takes exactly: 2^53 - 1. */
  public static final long AMOUNT_MINOR_MAX = (1L << 53) - 1;

  private static final String PAID = "paid";
  private static final int NAME_LENGTH_MAX = 64;

  public PayNotice {
    Check.atLeast(orderId, 1, "order id of a notice");
  }

  /** Whether a text can stand in a notice as the name of something: short printable ASCII. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && text.length() <= NAME_LENGTH_MAX
        && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f);
  }

  /** The bytes to sign and to send. */
  public byte[] toBody() {
    return new JsonObject()
        .put("notice_id", noticeId)
        .put("provider", provider)
        .put("order_id", Long.toString(orderId))
        .put("provider_txn", providerTxn)
        .put("amount", new JsonObject().put("asset", asset).put("amount", amountMinor))
        .put("status", PAID)
        .put("paid_at", Instant.ofEpochMilli(paidAtMs).toString())
        .toBuffer()
        .getBytes();
  }

  /** Reads a body strictly; says nothing about who wrote it. */
  static PayNotice ofBody(byte[] body) throws MalformedFieldsException {
    StrictFields fields = StrictFields.parse(Buffer.buffer(body));
    if (!fields.text("status", NAME_LENGTH_MAX).equals(PAID)) {
      throw fields.wrong("status", "must be " + PAID);
    }
    StrictFields amount = fields.object("amount");
    var notice =
        new PayNotice(
            fields.text("provider", NAME_LENGTH_MAX),
            fields.id("order_id"),
            fields.text("provider_txn", NAME_LENGTH_MAX),
            amount.text("asset", NAME_LENGTH_MAX),
            amount.number("amount", 0, AMOUNT_MINOR_MAX),
            timeMs(fields, "paid_at"),
            fields.text("notice_id", NAME_LENGTH_MAX));
    amount.end();
    fields.end();
    return notice;
  }

  private static long timeMs(StrictFields fields, String name) throws MalformedFieldsException {
    try {
      return Instant.parse(fields.text(name, NAME_LENGTH_MAX)).toEpochMilli();
    } catch (DateTimeException | ArithmeticException notATime) {
      throw fields.wrong(name, "must be a time of RFC 3339");
    }
  }
}
