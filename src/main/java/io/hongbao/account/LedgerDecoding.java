// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hongbao.account.AccountEvent.ArrivalsEvicted;
import io.hongbao.account.AccountEvent.HoldDrawn;
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
import io.hongbao.account.codec.ArrivalsEvictedDecoder;
import io.hongbao.account.codec.CreditLegDecoder;
import io.hongbao.account.codec.HoldDrawnDecoder;
import io.hongbao.account.codec.LegCreditedDecoder;
import io.hongbao.account.codec.LegPostedDecoder;
import io.hongbao.account.codec.LegReversedDecoder;
import io.hongbao.account.codec.LegSettledDecoder;
import io.hongbao.account.codec.LegSuspendedDecoder;
import io.hongbao.account.codec.LimitsChangedDecoder;
import io.hongbao.account.codec.MessageHeaderDecoder;
import io.hongbao.account.codec.MetadataChangedDecoder;
import io.hongbao.account.codec.SuspenseSettledDecoder;
import io.hongbao.account.codec.TellLegDecoder;
import io.hongbao.account.codec.TransferBookedDecoder;
import io.hongbao.account.codec.TransferEvictedDecoder;
import io.hongbao.engine.Event;
import io.hongbao.engine.UnknownEventException;
import org.agrona.DirectBuffer;

/**
 * Reads the events of the ledger's interface, and the family's transfers; variable fields in the
 * order in which they stand.
 *
 * <p><b>Thread:</b> one at a time.
 */
final class LedgerDecoding {

  private final MessageHeaderDecoder header = new MessageHeaderDecoder();

  /** Reads one variable field of a decoder. */
  private interface VariableField {
    int get(byte[] target, int offset, int length);
  }

  Event decode(DirectBuffer source, int offset) {
    header.wrap(source, offset);
    return switch (header.templateId()) {
      case TransferBookedDecoder.TEMPLATE_ID -> transferBooked(source, offset);
      case LegPostedDecoder.TEMPLATE_ID -> legPosted(source, offset);
      case LegCreditedDecoder.TEMPLATE_ID -> legCredited(source, offset);
      case LegSuspendedDecoder.TEMPLATE_ID -> legSuspended(source, offset);
      case LegSettledDecoder.TEMPLATE_ID -> legSettled(source, offset);
      case LegReversedDecoder.TEMPLATE_ID -> legReversed(source, offset);
      case TransferEvictedDecoder.TEMPLATE_ID -> transferEvicted(source, offset);
      case ArrivalsEvictedDecoder.TEMPLATE_ID -> arrivalsEvicted(source, offset);
      case HoldDrawnDecoder.TEMPLATE_ID -> holdDrawn(source, offset);
      case MetadataChangedDecoder.TEMPLATE_ID -> metadataChanged(source, offset);
      case LimitsChangedDecoder.TEMPLATE_ID -> limitsChanged(source, offset);
      case SuspenseSettledDecoder.TEMPLATE_ID -> suspenseSettled(source, offset);
      case CreditLegDecoder.TEMPLATE_ID -> creditLeg(source, offset);
      case TellLegDecoder.TEMPLATE_ID -> tellLeg(source, offset);
      default -> throw new UnknownEventException(AccountCodec.SCHEMA_ID, header.templateId());
    };
  }

  private TransferBooked transferBooked(DirectBuffer source, int offset) {
    var in = new TransferBookedDecoder().wrapAndApplyHeader(source, offset, header);
    return new TransferBooked(
        in.transferId(),
        LedgerTransfer.Kind.ofNumber(in.kind()),
        in.reversesId(),
        in.legCount(),
        in.batchCount(),
        text(in.referenceLength(), in::getReference),
        text(in.reasonLength(), in::getReason),
        text(in.metadataLength(), in::getMetadata),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private LegPosted legPosted(DirectBuffer source, int offset) {
    var in = new LegPostedDecoder().wrapAndApplyHeader(source, offset, header);
    return new LegPosted(
        in.transferId(),
        in.leg(),
        in.fromId(),
        in.toId(),
        in.asset(),
        in.amountMinor(),
        in.fromAfterMinor(),
        in.toAfterMinor(),
        in.reversedLeg());
  }

  private LegCredited legCredited(DirectBuffer source, int offset) {
    var in = new LegCreditedDecoder().wrapAndApplyHeader(source, offset, header);
    return new LegCredited(
        in.transferId(),
        LedgerTransfer.Kind.ofNumber(in.kind()),
        in.leg(),
        in.fromId(),
        in.toId(),
        in.asset(),
        in.amountMinor(),
        in.balanceAfterMinor(),
        in.reversesId(),
        in.reversedLeg());
  }

  private LegSuspended legSuspended(DirectBuffer source, int offset) {
    var in = new LegSuspendedDecoder().wrapAndApplyHeader(source, offset, header);
    return new LegSuspended(
        in.transferId(),
        LedgerTransfer.Kind.ofNumber(in.kind()),
        in.leg(),
        in.fromId(),
        in.toId(),
        in.asset(),
        in.amountMinor(),
        in.reason(),
        in.reversesId(),
        in.reversedLeg());
  }

  private LegSettled legSettled(DirectBuffer source, int offset) {
    var in = new LegSettledDecoder().wrapAndApplyHeader(source, offset, header);
    return new LegSettled(in.transferId(), in.leg(), in.reason(), in.settlementId());
  }

  private LegReversed legReversed(DirectBuffer source, int offset) {
    var in = new LegReversedDecoder().wrapAndApplyHeader(source, offset, header);
    return new LegReversed(in.transferId(), in.leg(), in.reversalId());
  }

  private TransferEvicted transferEvicted(DirectBuffer source, int offset) {
    var in = new TransferEvictedDecoder().wrapAndApplyHeader(source, offset, header);
    return new TransferEvicted(in.transferId());
  }

  private ArrivalsEvicted arrivalsEvicted(DirectBuffer source, int offset) {
    var in = new ArrivalsEvictedDecoder().wrapAndApplyHeader(source, offset, header);
    return new ArrivalsEvicted(in.transferId());
  }

  private HoldDrawn holdDrawn(DirectBuffer source, int offset) {
    var in = new HoldDrawnDecoder().wrapAndApplyHeader(source, offset, header);
    return new HoldDrawn(
        in.holdId(), in.userId(), in.asset(), in.amountMinor(), in.leftMinor(), in.transferId());
  }

  private MetadataChanged metadataChanged(DirectBuffer source, int offset) {
    var in = new MetadataChangedDecoder().wrapAndApplyHeader(source, offset, header);
    return new MetadataChanged(
        in.ownerId(),
        text(in.metadataLength(), in::getMetadata),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private LimitsChanged limitsChanged(DirectBuffer source, int offset) {
    var in = new LimitsChangedDecoder().wrapAndApplyHeader(source, offset, header);
    return new LimitsChanged(
        in.ownerId(),
        in.asset(),
        in.lowerMinor(),
        in.upperMinor(),
        in.flags(),
        in.lowerBeforeMinor(),
        in.upperBeforeMinor(),
        in.flagsBefore(),
        text(in.reasonLength(), in::getReason),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private SuspenseSettled suspenseSettled(DirectBuffer source, int offset) {
    var in = new SuspenseSettledDecoder().wrapAndApplyHeader(source, offset, header);
    return new SuspenseSettled(
        in.number(),
        in.transferId(),
        in.asset(),
        in.amountMinor(),
        text(in.reasonLength(), in::getReason),
        text(in.operatorNameLength(), in::getOperatorName));
  }

  private CreditLeg creditLeg(DirectBuffer source, int offset) {
    var in = new CreditLegDecoder().wrapAndApplyHeader(source, offset, header);
    return new CreditLeg(
        in.transferId(),
        LedgerTransfer.Kind.ofNumber(in.kind()),
        in.leg(),
        in.fromId(),
        in.toId(),
        in.asset(),
        in.amountMinor(),
        in.reversesId(),
        in.reversedLeg());
  }

  private TellLeg tellLeg(DirectBuffer source, int offset) {
    var in = new TellLegDecoder().wrapAndApplyHeader(source, offset, header);
    return new TellLeg(in.transferId(), in.leg(), in.asset(), in.reason(), in.settlementId());
  }

  private static String text(int length, VariableField field) {
    byte[] bytes = new byte[length];
    field.get(bytes, 0, length);
    return new String(bytes, UTF_8);
  }
}
