// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hongbao.account.AccountEvent.ArrivalsEvicted;
import io.hongbao.account.AccountEvent.HoldDrawn;
import io.hongbao.account.AccountEvent.LedgerEvent;
import io.hongbao.account.AccountEvent.LegCredited;
import io.hongbao.account.AccountEvent.LegPosted;
import io.hongbao.account.AccountEvent.LegReversed;
import io.hongbao.account.AccountEvent.LegSettled;
import io.hongbao.account.AccountEvent.LegSuspended;
import io.hongbao.account.AccountEvent.LimitsChanged;
import io.hongbao.account.AccountEvent.MetadataChanged;
import io.hongbao.account.AccountEvent.SuspenseSettled;
import io.hongbao.account.AccountEvent.TransferBooked;
import io.hongbao.account.AccountEvent.TransferEvicted;
import io.hongbao.account.AccountTransfer.CreditLeg;
import io.hongbao.account.AccountTransfer.TellLeg;
import io.hongbao.account.codec.ArrivalsEvictedEncoder;
import io.hongbao.account.codec.CreditLegEncoder;
import io.hongbao.account.codec.HoldDrawnEncoder;
import io.hongbao.account.codec.LegCreditedEncoder;
import io.hongbao.account.codec.LegPostedEncoder;
import io.hongbao.account.codec.LegReversedEncoder;
import io.hongbao.account.codec.LegSettledEncoder;
import io.hongbao.account.codec.LegSuspendedEncoder;
import io.hongbao.account.codec.LimitsChangedEncoder;
import io.hongbao.account.codec.MessageHeaderEncoder;
import io.hongbao.account.codec.MetadataChangedEncoder;
import io.hongbao.account.codec.SuspenseSettledEncoder;
import io.hongbao.account.codec.TellLegEncoder;
import io.hongbao.account.codec.TransferBookedEncoder;
import io.hongbao.account.codec.TransferEvictedEncoder;
import org.agrona.MutableDirectBuffer;

/**
 * Writes the events of the ledger's interface, and the family's transfers, by their schema.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class LedgerEncoding {

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();

  /** Returns the bytes written after the header. */
  int encode(LedgerEvent event, MutableDirectBuffer target, int offset) {
    return switch (event) {
      case TransferBooked e -> encode(e, target, offset);
      case LegPosted e -> encode(e, target, offset);
      case LegCredited e -> encode(e, target, offset);
      case LegSuspended e -> encode(e, target, offset);
      case LegSettled e -> encode(e, target, offset);
      case LegReversed e -> encode(e, target, offset);
      case TransferEvicted e -> encode(e, target, offset);
      case ArrivalsEvicted e -> encode(e, target, offset);
      case HoldDrawn e -> encode(e, target, offset);
      case MetadataChanged e -> encode(e, target, offset);
      case LimitsChanged e -> encode(e, target, offset);
      case SuspenseSettled e -> encode(e, target, offset);
    };
  }

  /** Returns the bytes written after the header. */
  int encode(AccountTransfer transfer, MutableDirectBuffer target, int offset) {
    return switch (transfer) {
      case CreditLeg t -> encode(t, target, offset);
      case TellLeg t -> encode(t, target, offset);
    };
  }

  private int encode(TransferBooked e, MutableDirectBuffer target, int offset) {
    byte[] reference = e.reference().getBytes(UTF_8);
    byte[] reason = e.reason().getBytes(UTF_8);
    byte[] metadata = e.metadata().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new TransferBookedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .kind((short) e.kind().number())
        .reversesId(e.reversesId())
        .legCount(e.legCount())
        .batchCount(e.batchCount())
        .putReference(reference, 0, reference.length)
        .putReason(reason, 0, reason.length)
        .putMetadata(metadata, 0, metadata.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(LegPosted e, MutableDirectBuffer target, int offset) {
    return new LegPostedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .leg(e.leg())
        .fromId(e.fromId())
        .toId(e.toId())
        .asset((short) e.asset())
        .amountMinor(e.amountMinor())
        .fromAfterMinor(e.fromAfterMinor())
        .toAfterMinor(e.toAfterMinor())
        .reversedLeg(e.reversedLeg())
        .encodedLength();
  }

  private int encode(LegCredited e, MutableDirectBuffer target, int offset) {
    return new LegCreditedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .kind((short) e.kind().number())
        .leg(e.leg())
        .fromId(e.fromId())
        .toId(e.toId())
        .asset((short) e.asset())
        .amountMinor(e.amountMinor())
        .balanceAfterMinor(e.balanceAfterMinor())
        .reversesId(e.reversesId())
        .reversedLeg(e.reversedLeg())
        .encodedLength();
  }

  private int encode(LegSuspended e, MutableDirectBuffer target, int offset) {
    return new LegSuspendedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .kind((short) e.kind().number())
        .leg(e.leg())
        .fromId(e.fromId())
        .toId(e.toId())
        .asset((short) e.asset())
        .amountMinor(e.amountMinor())
        .reason(e.reasonNumber())
        .reversesId(e.reversesId())
        .reversedLeg(e.reversedLeg())
        .encodedLength();
  }

  private int encode(LegSettled e, MutableDirectBuffer target, int offset) {
    return new LegSettledEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .leg(e.leg())
        .reason(e.reasonNumber())
        .settlementId(e.settlementId())
        .encodedLength();
  }

  private int encode(LegReversed e, MutableDirectBuffer target, int offset) {
    return new LegReversedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .leg(e.leg())
        .reversalId(e.reversalId())
        .encodedLength();
  }

  private int encode(TransferEvicted e, MutableDirectBuffer target, int offset) {
    return new TransferEvictedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .encodedLength();
  }

  private int encode(ArrivalsEvicted e, MutableDirectBuffer target, int offset) {
    return new ArrivalsEvictedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .encodedLength();
  }

  private int encode(HoldDrawn e, MutableDirectBuffer target, int offset) {
    return new HoldDrawnEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .holdId(e.holdId())
        .userId(e.userId())
        .asset((short) e.asset())
        .amountMinor(e.amountMinor())
        .leftMinor(e.leftMinor())
        .transferId(e.transferId())
        .encodedLength();
  }

  private int encode(MetadataChanged e, MutableDirectBuffer target, int offset) {
    byte[] metadata = e.metadata().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new MetadataChangedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .ownerId(e.ownerId())
        .putMetadata(metadata, 0, metadata.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(LimitsChanged e, MutableDirectBuffer target, int offset) {
    byte[] reason = e.reason().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new LimitsChangedEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .ownerId(e.ownerId())
        .asset((short) e.asset())
        .lowerMinor(e.lowerMinor())
        .upperMinor(e.upperMinor())
        .flags((short) e.flags())
        .lowerBeforeMinor(e.lowerBeforeMinor())
        .upperBeforeMinor(e.upperBeforeMinor())
        .flagsBefore((short) e.flagsBefore())
        .putReason(reason, 0, reason.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(SuspenseSettled e, MutableDirectBuffer target, int offset) {
    byte[] reason = e.reason().getBytes(UTF_8);
    byte[] operator = e.operator().getBytes(UTF_8);
    return new SuspenseSettledEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .number(e.number())
        .transferId(e.transferId())
        .asset((short) e.asset())
        .amountMinor(e.amountMinor())
        .putReason(reason, 0, reason.length)
        .putOperatorName(operator, 0, operator.length)
        .encodedLength();
  }

  private int encode(CreditLeg e, MutableDirectBuffer target, int offset) {
    return new CreditLegEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .kind((short) e.kind().number())
        .leg(e.leg())
        .fromId(e.fromId())
        .toId(e.toId())
        .asset((short) e.asset())
        .amountMinor(e.amountMinor())
        .reversesId(e.reversesId())
        .reversedLeg(e.reversedLeg())
        .encodedLength();
  }

  private int encode(TellLeg e, MutableDirectBuffer target, int offset) {
    return new TellLegEncoder()
        .wrapAndApplyHeader(target, offset, header)
        .transferId(e.transferId())
        .leg(e.leg())
        .asset((short) e.asset())
        .reason(e.reasonNumber())
        .settlementId(e.settlementId())
        .encodedLength();
  }
}
