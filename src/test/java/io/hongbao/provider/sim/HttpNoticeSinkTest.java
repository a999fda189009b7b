// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.provider.Reply;
import io.hongbao.provider.VertxTimers;
import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.provider.pay.NoticeVerdict;
import io.hongbao.provider.pay.NoticeVerifier;
import io.hongbao.provider.pay.PayDesk;
import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.PayStatus;
import io.hongbao.provider.pay.PrepayResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The one test with real sockets, timers and threads: the bank as the server will run it. */
final class HttpNoticeSinkTest {

  private static final String PATH = "/v1/providers/sim/notices";
  private static final byte[] BODY = {'{', '}'};

  private record Seen(HttpMethod method, String path, String type, String signature, Buffer body) {}

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private volatile int status = 204;

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private HttpServer listen() throws TimeoutException {
    return vertx
        .createHttpServer()
        .requestHandler(this::serve)
        .listen(0, "127.0.0.1")
        .await(10, TimeUnit.SECONDS);
  }

  private void serve(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              seen.add(
                  new Seen(
                      request.method(),
                      request.path(),
                      request.getHeader("content-type"),
                      request.getHeader(NoticeSigner.HEADER),
                      body));
              if (status > 0) {
                request.response().setStatusCode(status).end(status == 204 ? "" : "whatever");
              }
            });
  }

  @Test
  void postsTheBytesAndTheSignature() throws Exception {
    int port = listen().actualPort();
    var sink = new HttpNoticeSink(client, () -> port, PATH, 5000);

    assertEquals(204, sink.deliver(BODY, "t=1,v1=00").await(10, TimeUnit.SECONDS));

    Seen request = seen.take();
    assertEquals(HttpMethod.POST, request.method());
    assertEquals(PATH, request.path());
    assertEquals("application/json", request.type());
    assertEquals("t=1,v1=00", request.signature());
    assertArrayEquals(BODY, request.body().getBytes());
    status = 503;
    assertEquals(503, sink.deliver(BODY, "t=1,v1=00").await(10, TimeUnit.SECONDS));
  }

  @Test
  void failsWhenNobodyListensOrAnswers() throws Exception {
    status = 0;
    HttpServer server = listen();
    int port = server.actualPort();

    assertFails(new HttpNoticeSink(client, () -> 0, PATH, 5000).deliver(BODY, "x"));
    assertFails(new HttpNoticeSink(client, () -> port, PATH, 100).deliver(BODY, "x"));
    server.close().await(10, TimeUnit.SECONDS);
    assertFails(new HttpNoticeSink(client, () -> port, PATH, 5000).deliver(BODY, "x"));
  }

  @Test
  void bringsARealPaymentToARealServerFromTheBanksOwnThread() throws Exception {
    int port = listen().actualPort();
    ExecutorService thread = BankThread.start();
    var bank =
        SimulatedPayProvider.open(
            new SimulatedPayProvider.Surroundings(
                new TornDisk(),
                "sim",
                thread,
                System::currentTimeMillis,
                new VertxTimers(vertx),
                new HttpNoticeSink(client, () -> port, PATH, 5000),
                new NoticeSigner(SimulatedBank.SECRET),
                failure -> {}));
    var desk = new PayDesk(List.of(bank), 8, 5000, new VertxTimers(vertx));
    bank.scriptNext(Scripts.paying(1, NoticePlan.after(1).withCopies(2)).make());
    var order = new PayOrder(42, 7, "CNY", 1000, System.currentTimeMillis() + 60_000);

    Reply<PrepayResult> placed = desk.prepay("sim", order).await(10, TimeUnit.SECONDS);

    assertInstanceOf(
        PrepayResult.Prepaid.class, assertInstanceOf(Reply.Answered.class, placed).value());
    var verifier = new NoticeVerifier("sim", List.of(SimulatedBank.SECRET), 300_000);
    for (int copy = 0; copy < 2; copy++) {
      Seen notice = seen.poll(10, TimeUnit.SECONDS);
      NoticeVerdict verdict =
          verifier.verify(notice.body().getBytes(), notice.signature(), System.currentTimeMillis());
      assertEquals(42, assertInstanceOf(NoticeVerdict.Genuine.class, verdict).notice().orderId());
    }
    Reply<PayStatus> paid = desk.query("sim", 42).await(10, TimeUnit.SECONDS);
    assertInstanceOf(PayStatus.Paid.class, assertInstanceOf(Reply.Answered.class, paid).value());
    bank.shutDown().await(10, TimeUnit.SECONDS);
    thread.shutdown();
    assertTrue(thread.awaitTermination(10, TimeUnit.SECONDS));
  }

  private static void assertFails(Future<Integer> status) throws InterruptedException {
    BlockingQueue<Boolean> failed = new LinkedBlockingQueue<>();
    status.onComplete(result -> failed.add(result.failed()));
    assertEquals(true, failed.poll(10, TimeUnit.SECONDS));
  }
}
