// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Answer;
import io.hongbao.engine.Refusal;
import io.hongbao.export.redpacket.OrderTable;
import io.hongbao.export.redpacket.PacketTable;
import io.hongbao.export.redpacket.StrayPaymentTable;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.PastOrder;
import io.hongbao.redpacket.RedPacketAnswer.PaymentTaken;
import io.hongbao.redpacket.RedPacketCommand.TakeLatePayment;
import io.hongbao.redpacket.RedPacketCommand.TakePayment;
import io.hongbao.sim.SimClients.Request;
import io.hongbao.time.TimeSource;
import java.util.List;
import java.util.Map;

/**
 * The edge's part in a notice: what the partition does not know any more is looked for in the read
 * model. Between the finding and its use any time may pass.
 */
final class SimNotices {

  private final SimBank bank;
  private final MemoryReadModel readModel;
  private final TimeSource clock;
  private final Marks marks;

  SimNotices(SimBank bank, MemoryReadModel readModel, TimeSource clock, Marks marks) {
    this.bank = bank;
    this.readModel = readModel;
    this.clock = clock;
    this.marks = marks;
  }

  /** An answer to whatever was asked; only those to payments concern the bank. */
  void heard(Request request, Answer answer, SimServer server) {
    TakePayment payment = AuditedPayments.payment(request.command());
    if (payment == null) {
      return;
    }
    if (answer instanceof PaymentTaken) {
      bank.taken(payment);
    } else if (request.command() instanceof TakePayment
        && ((Refusal) answer).code() == RefusalCode.NOTICE_MISMATCH
        && server.mayConcludeAbsence()) {
      marks.count(Fault.NOTICE_AFTER_EVICTION);
      bank.say(request.partition(), late(payment));
    }
  }

  private TakeLatePayment late(TakePayment payment) {
    long id = payment.packetId();
    Object[] order = readModel.rows(OrderTable.TABLE).get(List.of(id));
    Object[] packet = readModel.rows(PacketTable.TABLE).get(List.of(id));
    if (order == null || packet == null) {
      throw new SimFailure("order " + id + " is neither in memory nor in the read model");
    }
    boolean isKnownStray =
        readModel.rows(StrayPaymentTable.TABLE).entrySet().stream()
            .map(Map.Entry::getValue)
            .anyMatch(
                row ->
                    row[StrayPaymentTable.PACKET_ID.index()].equals(id)
                        && row[StrayPaymentTable.PAYMENT_ID.index()].equals(payment.paymentId()));
    if (isKnownStray) {
      marks.count(Fault.NOTICE_AFTER_REFUND_EVICTION);
    }
    PastOrder found =
        new PastOrder(
            (Long) order[OrderTable.SENDER_ID.index()],
            (String) order[OrderTable.PROVIDER.index()],
            ((Long) packet[PacketTable.ASSET.index()]).intValue(),
            (String) order[OrderTable.PAYMENT_ID.index()],
            isKnownStray);
    return new TakeLatePayment(payment, found, clock.nowMs());
  }
}
