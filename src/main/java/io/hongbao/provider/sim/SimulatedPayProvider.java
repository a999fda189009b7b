// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.disk.Disk;
import io.hongbao.provider.Timers;
import io.hongbao.provider.pay.CloseResult;
import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.PayProvider;
import io.hongbao.provider.pay.PayStatus;
import io.hongbao.provider.pay.PrepayResult;
import io.hongbao.provider.pay.Refund;
import io.hongbao.provider.pay.RefundResult;
import io.hongbao.provider.pay.RefundStatus;
import io.vertx.core.Future;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A payment provider in this process, with customers and faults by script.
 *
 * <p><b>Thread:</b> every thread may call; futures complete on the given executor.
 *
 * <p><b>Durability:</b> what an answer or a notice says is in the bank's own book on stable
 * storage. Payments, notices and refunds that were due while the process was down are caught up at
 * the start, with the times at which they were due.
 *
 * <p><b>Failure:</b> when the book cannot be written, every call fails and {@code onFailure} is
 * told once; the process should stop.
 *
 * <p><b>Limit:</b> {@link #ORDERS_MAX} orders, {@link #REFUNDS_MAX} refunds, {@link
 * #SCRIPTS_WAITING_MAX} waiting scripts, {@link BankLane#CALLS_OPEN_MAX} open calls; beyond these,
 * calls fail.
 */
public final class SimulatedPayProvider implements PayProvider {

  /** The simulator's name in routes and notices. */
  public static final String NAME = "sim";

  /** Some 1 KB of heap and of book each. */
  public static final int ORDERS_MAX = 100_000;

  public static final int REFUNDS_MAX = 2 * ORDERS_MAX;

  public static final int SCRIPTS_WAITING_MAX = 1000;

  private final BankState state;
  private final BankLane lane;
  private final BankRules rules;

  /**
   * What the bank gets from outside.
   *
   * @param disk where the book is, in {@code directory}
   * @param executor runs the bank's work, which may block for a flush; one thread is enough, never
   *     more than one task waits for it
   * @param clockMs epoch milliseconds
   * @param signer signs the notices; their receiver must know its secret
   * @param onFailure told once when the bank cannot go on
   */
  public record Surroundings(
      Disk disk,
      String directory,
      Executor executor,
      LongSupplier clockMs,
      Timers timers,
      NoticeSink sink,
      NoticeSigner signer,
      Consumer<Throwable> onFailure) {}

  private SimulatedPayProvider(Surroundings outside, BankState state, BankBook book) {
    this.state = state;
    this.lane =
        new BankLane(
            outside.executor(), outside.clockMs(), outside.timers(), book, outside.onFailure());
    this.rules = new BankRules(NAME, state, lane, outside.sink(), outside.signer());
  }

  /**
   * Reads the book and takes up what was under way; blocks for reading.
   *
   * @throws IOException when the book cannot be read, or is damaged before its last line
   */
  public static SimulatedPayProvider open(Surroundings outside) throws IOException {
    var state = new BankState();
    BankBook book = BankBook.open(outside.disk(), outside.directory(), state::apply);
    var provider = new SimulatedPayProvider(outside, state, book);
    provider.lane.enqueue(provider.rules::resume);
    return provider;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<PrepayResult> prepay(PayOrder order) {
    return lane.call(answer -> rules.prepay(order, answer));
  }

  @Override
  public Future<PayStatus> query(long orderId) {
    return lane.call(answer -> rules.query(orderId, answer));
  }

  @Override
  public Future<CloseResult> close(long orderId) {
    return lane.call(answer -> rules.close(orderId, answer));
  }

  @Override
  public Future<RefundResult> refund(Refund refund) {
    return lane.call(answer -> rules.refund(refund, answer));
  }

  @Override
  public Future<RefundStatus> queryRefund(long refundId) {
    return lane.call(
        answer -> {
          BankRefund refund = state.refunds.get(refundId);
          answer.give(refund == null ? RefundStatus.UNKNOWN : refund.status);
        });
  }

  /** Sets the script of all later orders that have none of their own; survives a restart. */
  public Future<Boolean> scriptDefault(PayScript script) {
    return lane.call(
        answer -> {
          rules.record(new BankEntry.DefaultScripted(script));
          answer.give(true);
        });
  }

  /**
   * Lays a script down for the next new order, behind those that wait already; survives a restart.
   *
   * @return false when too many scripts wait
   */
  public Future<Boolean> scriptNext(PayScript script) {
    return lane.call(
        answer -> {
          boolean room = state.nextScripts.size() < SCRIPTS_WAITING_MAX;
          if (room) {
            rules.record(new BankEntry.NextScripted(script));
          }
          answer.give(room);
        });
  }

  /**
   * Lets the customer pay now, whatever the script says; the answer is how the order then stands.
   */
  public Future<PayStatus> customerPays(long orderId) {
    return lane.call(answer -> rules.customerPays(orderId, answer));
  }

  /** What the book says of every order, in the order of their placing. */
  public Future<List<OrderBook>> books() {
    return lane.call(
        answer ->
            answer.give(
                state.orders.values().stream().map(order -> order.book(lane.nowMs())).toList()));
  }

  /** To be called when the given clock was moved by hand; otherwise it is noticed within 1 s. */
  public void clockMoved() {
    lane.enqueue(() -> {});
  }

  /** Finishes what was asked, closes the book; what is due later is taken up at the next start. */
  public Future<Void> shutDown() {
    return lane.close();
  }
}
