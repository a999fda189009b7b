// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hongbao.account.AccountEvent.HoldEvicted;
import io.hongbao.account.AccountEvent.HoldLateSuccess;
import io.hongbao.account.AccountEvent.HoldPlaced;
import io.hongbao.account.AccountEvent.HoldPosted;
import io.hongbao.account.AccountEvent.HoldReleased;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.ToppedUp;
import io.hongbao.account.AccountEvent.TransactionEvicted;
import io.hongbao.account.AccountEvent.TransactionReversed;
import io.hongbao.account.codec.HoldEvictedEncoder;
import io.hongbao.account.codec.HoldLateSuccessEncoder;
import io.hongbao.account.codec.HoldPlacedEncoder;
import io.hongbao.account.codec.HoldPostedEncoder;
import io.hongbao.account.codec.HoldReleasedEncoder;
import io.hongbao.account.codec.MessageHeaderEncoder;
import io.hongbao.account.codec.ToppedUpEncoder;
import io.hongbao.account.codec.TransactionEvictedEncoder;
import io.hongbao.account.codec.TransactionReversedEncoder;
import io.hongbao.ledger.Hold;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the events of accounts by their schema.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class AccountEncoding {

  static final short KIND_INTERNAL = 1;
  static final short KIND_EXTERNAL = 2;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private final LedgerEncoding ledger = new LedgerEncoding();

  /** Returns the bytes written after the header. */
  int encode(AccountEvent event, MutableDirectBuffer target, int offset) {
    return switch (event) {
      case ToppedUp e -> encode(e, target, offset);
      case TransactionReversed e -> encode(e, target, offset);
      case TransactionEvicted e ->
          new TransactionEvictedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .transactionId(e.transactionId())
              .encodedLength();
      case HoldPlaced e -> encode(e, target, offset);
      case HoldPosted e -> encode(e, target, offset);
      case HoldReleased e -> encode(e, target, offset);
      case HoldLateSuccess e -> encode(e, target, offset);
      case HoldEvicted e ->
          new HoldEvictedEncoder()
              .wrapAndApplyHeader(target, offset, header)
              .holdId(e.holdId())
              .encodedLength();
      case LedgerEvent e -> ledger.encode(e, target, offset);
    };
  }

  /** Returns the bytes written after the header. */
  int encode(AccountTransfer transfer, MutableDirectBuffer target, int offset) {
    return ledger.encode(transfer, target, offset);
  }

  private int encode(ToppedUp e, MutableDirectBuffer target, int offset) {
    byte[] reason = e.reason().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new ToppedUpEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transactionId(e.transactionId())
        .userId(e.userId())
        .amountMinor(e.amountMinor())
        .balanceAfterMinor(e.balanceAfterMinor())
        .asset((short) e.asset())
        .putReason(reason, 0, reason.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(TransactionReversed e, MutableDirectBuffer target, int offset) {
    byte[] reason = e.reason().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new TransactionReversedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transactionId(e.transactionId())
        .reversesId(e.reversesId())
        .userId(e.userId())
        .amountMinor(e.amountMinor())
        .balanceAfterMinor(e.balanceAfterMinor())
        .asset((short) e.asset())
        .putReason(reason, 0, reason.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(HoldPlaced e, MutableDirectBuffer target, int offset) {
    byte[] reason = e.reason().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new HoldPlacedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .holdId(e.holdId())
        .userId(e.userId())
        .amountMinor(e.amountMinor())
        .deadlineMs(e.deadlineMs())
        .asset((short) e.asset())
        .kind(e.kind() == Hold.Kind.INTERNAL ? KIND_INTERNAL : KIND_EXTERNAL)
        .putReason(reason, 0, reason.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(HoldPosted e, MutableDirectBuffer target, int offset) {
    byte[] operator = e.operator().getBytes(UTF_8);
    return new HoldPostedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .holdId(e.holdId())
        .userId(e.userId())
        .amountMinor(e.amountMinor())
        .leftMinor(e.leftMinor())
        .balanceAfterMinor(e.balanceAfterMinor())
        .asset((short) e.asset())
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(HoldReleased e, MutableDirectBuffer target, int offset) {
    byte[] receipt = e.receipt().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new HoldReleasedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .holdId(e.holdId())
        .userId(e.userId())
        .amountMinor(e.amountMinor())
        .asset((short) e.asset())
        .cause((short) e.cause().number())
        .putReceipt(receipt, 0, receipt.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(HoldLateSuccess e, MutableDirectBuffer target, int offset) {
    byte[] receipt = e.receipt().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new HoldLateSuccessEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .holdId(e.holdId())
        .userId(e.userId())
        .amountMinor(e.amountMinor())
        .asset((short) e.asset())
        .putReceipt(receipt, 0, receipt.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }
}
