// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hongbao.account.AccountEvent.HoldEvicted;
import io.hongbao.account.AccountEvent.HoldLateSuccess;
import io.hongbao.account.AccountEvent.HoldPlaced;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.AccountEvent.HoldReleased;
import io.hongbao.account.AccountEvent.ToppedUp;
import io.hongbao.account.AccountEvent.TransactionEvicted;
import io.hongbao.account.AccountEvent.TransactionReversed;
import io.hongbao.account.codec.HoldEvictedDecoder;
import io.hongbao.account.codec.HoldLateSuccessDecoder;
import io.hongbao.account.codec.HoldPlacedDecoder;
import io.hongbao.account.codec.HoldPostedDecoder;
import io.hongbao.account.codec.HoldReleasedDecoder;
import io.hongbao.account.codec.MessageHeaderDecoder;
import io.hongbao.account.codec.ToppedUpDecoder;
import io.hongbao.account.codec.TransactionEvictedDecoder;
import io.hongbao.account.codec.TransactionReversedDecoder;
import io.hongbao.engine.Event;
import io.hongbao.ledger.Hold;
import org.agrona.DirectBuffer;

/**
 * Reads the events of accounts by their schema; variable fields in the order in which they stand.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class AccountDecoding {

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();
  private final LedgerDecoding ledger = new LedgerDecoding();

  /** Reads one variable field of a decoder. */
  private interface VariableField {
    int get(byte[] target, int offset, int length);
  }

  Event decode(DirectBuffer source, int offset) {
    header.wrap(source, offset);
    return switch (header.templateId()) {
      case ToppedUpDecoder.TEMPLATE_ID -> toppedUp(source, offset);
      case TransactionReversedDecoder.TEMPLATE_ID -> reversed(source, offset);
      case TransactionEvictedDecoder.TEMPLATE_ID -> {
        var in = new TransactionEvictedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new TransactionEvicted(in.transactionId());
      }
      case HoldPlacedDecoder.TEMPLATE_ID -> placed(source, offset);
      case HoldPostedDecoder.TEMPLATE_ID -> posted(source, offset);
      case HoldReleasedDecoder.TEMPLATE_ID -> released(source, offset);
      case HoldLateSuccessDecoder.TEMPLATE_ID -> lateSuccess(source, offset);
      case HoldEvictedDecoder.TEMPLATE_ID -> {
        var in = new HoldEvictedDecoder().wrapAndApplyHeader(source, offset, header);
        yield new HoldEvicted(in.holdId());
      }
      default -> ledger.decode(source, offset);
    };
  }

  private ToppedUp toppedUp(DirectBuffer source, int offset) {
    var in = new ToppedUpDecoder().wrapAndApplyHeader(source, offset, header);
    return new ToppedUp(
        in.transactionId(),
        in.userId(),
        in.asset(),
        in.amountMinor(),
        in.balanceAfterMinor(),
        text(in.reasonLength(), in::getReason),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private TransactionReversed reversed(DirectBuffer source, int offset) {
    var in = new TransactionReversedDecoder().wrapAndApplyHeader(source, offset, header);
    return new TransactionReversed(
        in.transactionId(),
        in.reversesId(),
        in.userId(),
        in.asset(),
        in.amountMinor(),
        in.balanceAfterMinor(),
        text(in.reasonLength(), in::getReason),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private HoldPlaced placed(DirectBuffer source, int offset) {
    var in = new HoldPlacedDecoder().wrapAndApplyHeader(source, offset, header);
    return new HoldPlaced(
        in.holdId(),
        in.userId(),
        in.asset(),
        in.amountMinor(),
        in.kind() == AccountEncoding.KIND_INTERNAL ? Hold.Kind.INTERNAL : Hold.Kind.EXTERNAL,
        in.deadlineMs(),
        text(in.reasonLength(), in::getReason),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private HoldPosted posted(DirectBuffer source, int offset) {
    var in = new HoldPostedDecoder().wrapAndApplyHeader(source, offset, header);
    return new HoldPosted(
        in.holdId(),
        in.userId(),
        in.asset(),
        in.amountMinor(),
        in.leftMinor(),
        in.balanceAfterMinor(),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private HoldReleased released(DirectBuffer source, int offset) {
    var in = new HoldReleasedDecoder().wrapAndApplyHeader(source, offset, header);
    return new HoldReleased(
        in.holdId(),
        in.userId(),
        in.asset(),
        in.amountMinor(),
        ReleaseCause.ofNumber(in.cause()),
        text(in.receiptLength(), in::getReceipt),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private HoldLateSuccess lateSuccess(DirectBuffer source, int offset) {
    var in = new HoldLateSuccessDecoder().wrapAndApplyHeader(source, offset, header);
    return new HoldLateSuccess(
        in.holdId(),
        in.userId(),
        in.asset(),
        in.amountMinor(),
        text(in.receiptLength(), in::getReceipt),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private static String text(int length, VariableField field) {
    byte[] bytes = new byte[length];
    field.get(bytes, 0, length);
    return new String(bytes, UTF_8);
  }
}
