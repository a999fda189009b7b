// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.datadir.DataDirectory;
import io.hongbao.disk.Disk;
import io.hongbao.http.SandboxDoor;
import io.hongbao.model.Check;
import io.hongbao.provider.VertxTimers;
import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.NoticeVerifier;
import io.hongbao.provider.pay.PayDesk;
import io.hongbao.provider.sim.BankThread;
import io.hongbao.provider.sim.HttpNoticeSink;
import io.hongbao.provider.sim.PayScript;
import io.hongbao.provider.sim.SimulatedPayProvider;
import io.hongbao.time.TimeSource;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The payment providers of one process: on a sandbox the simulated one, elsewhere none yet.
 *
 * <p>A simulated bank on a directory with real money would let anybody pay with nothing, so it
 * exists on sandboxes only.
 *
 * <p><b>Thread:</b> the starter's; the bank has one of its own.
 */
final class Payments {

  private static final int CALLS_IN_FLIGHT_MAX = 256;
  private static final long CALL_TIMEOUT_MS = 10_000;
  private static final String NOTICES_PATH =
      "/v1/providers/" + SimulatedPayProvider.NAME + "/notices";

  private final PayDesk desk;
  private final Map<String, NoticeVerifier> verifiers;
  private final @Nullable SimulatedPayProvider bank;
  private final @Nullable ExecutorService bankThread;

  private Payments(
      PayDesk desk,
      Map<String, NoticeVerifier> verifiers,
      @Nullable SimulatedPayProvider bank,
      @Nullable ExecutorService bankThread) {
    this.desk = desk;
    this.verifiers = verifiers;
    this.bank = bank;
    this.bankThread = bankThread;
  }

  /** Names of the providers that there will be. */
  static Set<String> names(Configuration configuration) {
    return configuration.data().sandbox() ? Set.of(SimulatedPayProvider.NAME) : Set.of();
  }

  /**
   * Opens them.
   *
   * @param httpPort the server's own port, known once it listens
   */
  static Payments open(
      Vertx vertx,
      Configuration configuration,
      Disk disk,
      TimeSource time,
      IntSupplier httpPort,
      Consumer<Throwable> onFailure)
      throws IOException {
    VertxTimers timers = new VertxTimers(vertx);
    if (!configuration.data().sandbox()) {
      return new Payments(
          new PayDesk(List.of(), CALLS_IN_FLIGHT_MAX, CALL_TIMEOUT_MS, timers),
          Map.of(),
          null,
          null);
    }
    byte[] secret =
        Check.present(configuration.provider().simSecret(), "secret of the simulated provider")
            .getBytes(StandardCharsets.UTF_8);
    ExecutorService bankThread = BankThread.start();
    HttpNoticeSink sink =
        new HttpNoticeSink(
            vertx.createHttpClient(noticeOptions(configuration.http().tls().isOn())),
            httpPort,
            NOTICES_PATH,
            CALL_TIMEOUT_MS);
    SimulatedPayProvider bank =
        SimulatedPayProvider.open(
            new SimulatedPayProvider.Surroundings(
                disk,
                DataDirectory.PROVIDER_SIM,
                bankThread,
                time::nowMs,
                timers,
                sink,
                new NoticeSigner(secret),
                onFailure));
    return new Payments(
        new PayDesk(List.of(bank), CALLS_IN_FLIGHT_MAX, CALL_TIMEOUT_MS, timers),
        Map.of(
            SimulatedPayProvider.NAME,
            new NoticeVerifier(
                SimulatedPayProvider.NAME, List.of(secret), NoticeVerifier.TOLERANCE_MS_DEFAULT)),
        bank,
        bankThread);
  }

  // The simulated bank calls its own process over the loopback; whose certificate that is is plain.
  private static HttpClientOptions noticeOptions(boolean tls) {
    return new HttpClientOptions()
        .setKeepAlive(true)
        .setSsl(tls)
        .setTrustAll(tls)
        .setVerifyHost(!tls);
  }

  PayDesk desk() {
    return desk;
  }

  Map<String, NoticeVerifier> verifiers() {
    return verifiers;
  }

  /** The sandbox's clock has jumped. */
  void clockMoved() {
    if (bank != null) {
      bank.clockMoved();
    }
  }

  SandboxDoor sandboxDoor() {
    SimulatedPayProvider simulated = bank;
    if (simulated == null) {
      return SandboxDoor.CLOSED;
    }
    return new SandboxDoor() {
      @Override
      public boolean isOn() {
        return true;
      }

      @Override
      public Future<Boolean> script(String provider, PayScript script) {
        return provider.equals(SimulatedPayProvider.NAME)
            ? simulated.scriptDefault(script)
            : Future.succeededFuture(false);
      }
    };
  }

  void close() throws Exception {
    if (bank != null && bankThread != null) {
      Waiting.on(bank.shutDown());
      bankThread.shutdown();
      bankThread.awaitTermination(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }
  }
}
