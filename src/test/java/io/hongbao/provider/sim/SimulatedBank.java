// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.provider.FakeTime;
import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.NoticeVerdict;
import io.hongbao.provider.pay.NoticeVerifier;
import io.hongbao.provider.pay.PayOrder;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A simulated provider with everything round it, run by hand on the test's thread. */
final class SimulatedBank {

  static final byte[] SECRET =
      "a secret of the bank and the server".getBytes(StandardCharsets.UTF_8);

  /** A notice as it arrived. */
  record Arrived(long atMs, String body, NoticeVerdict verdict) {

    String noticeId() {
      return ((NoticeVerdict.Genuine) verdict).notice().noticeId();
    }

    long orderId() {
      return ((NoticeVerdict.Genuine) verdict).notice().orderId();
    }
  }

  final FakeTime time = new FakeTime();
  final List<Arrived> arrived = new ArrayList<>();
  final List<Throwable> failures = new ArrayList<>();
  TornDisk disk = new TornDisk();
  SimulatedPayProvider provider;

  /** Status that the server answers with; null when the connection breaks. */
  @Nullable Integer serverStatus = 204;

  private int life;

  SimulatedBank() {
    this.provider = open();
  }

  private SimulatedPayProvider open() {
    int ownLife = ++life;
    try {
      return SimulatedPayProvider.open(
          new SimulatedPayProvider.Surroundings(
              disk,
              "sim",
              // What was killed does nothing any more, though its timers still ring.
              task -> {
                if (ownLife == life) {
                  task.run();
                }
              },
              time,
              time,
              this::arrive,
              new NoticeSigner(SECRET),
              failures::add));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Future<Integer> arrive(byte[] body, String signature) {
    var verifier =
        new NoticeVerifier(
            SimulatedPayProvider.NAME, List.of(SECRET), NoticeVerifier.TOLERANCE_MS_DEFAULT);
    NoticeVerdict verdict = verifier.verify(body, signature, time.getAsLong());
    arrived.add(new Arrived(time.getAsLong(), new String(body, StandardCharsets.UTF_8), verdict));
    if (serverStatus == null) {
      return Future.failedFuture("connection refused");
    }
    return Future.succeededFuture(
        verdict instanceof NoticeVerdict.Refused refused
            ? refused.code().httpStatus()
            : serverStatus);
  }

  /** SIGKILL, then a start {@code afterMs} later. */
  void killAndStart(long afterMs, int unforcedBytesKept) {
    life++;
    disk = disk.afterCrash(unforcedBytesKept);
    time.jump(afterMs);
    provider = open();
  }

  PayOrder order(long orderId, long amountMinor) {
    return new PayOrder(orderId, 7, "CNY", amountMinor, time.getAsLong() + 900_000);
  }

  PayOrder place(long orderId, long amountMinor, PayScript script) {
    PayOrder order = order(orderId, amountMinor);
    assertTrue(answer(provider.scriptNext(script)));
    answer(provider.prepay(order));
    return order;
  }

  Map<Long, OrderBook> books() {
    return answer(provider.books()).stream()
        .collect(Collectors.toMap(OrderBook::orderId, book -> book));
  }

  static <T> T answer(Future<T> future) {
    assertTrue(future.succeeded(), () -> "no answer: " + future);
    return future.result();
  }

  static boolean isLost(Future<?> future) {
    return future.failed();
  }
}
