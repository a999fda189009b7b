// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.hongbao.provider.pay.NoticeSigner;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Posts notices to a server on this machine.
 *
 * <p><b>Thread:</b> every thread.
 *
 * <p><b>Failure:</b> no connection, or no whole answer in {@code timeoutMs}: a failed future.
 */
public final class HttpNoticeSink implements NoticeSink {

  private static final String LOOPBACK = "127.0.0.1";

  private final HttpClient client;
  private final IntSupplier port;
  private final String path;
  private final long timeoutMs;

  /**
   * @param port asked at every notice, since the server may get its port only when it listens; 0
   *     while there is none
   * @param path such as {@code /v1/providers/sim/notices}
   */
  public HttpNoticeSink(HttpClient client, IntSupplier port, String path, long timeoutMs) {
    this.client = client;
    this.port = port;
    this.path = path;
    this.timeoutMs = timeoutMs;
  }

  @Override
  public Future<Integer> deliver(byte[] body, String signature) {
    int portNow = port.getAsInt();
    if (portNow == 0) {
      return Future.failedFuture("the server does not listen yet");
    }
    var options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(LOOPBACK)
            .setPort(portNow)
            .setURI(path)
            .setConnectTimeout(timeoutMs)
            .setIdleTimeout(timeoutMs)
            .putHeader("content-type", "application/json")
            .putHeader(NoticeSigner.HEADER, signature);
    return client
        .request(options)
        .compose(
            request -> {
              // Before anything is sent: whoever asks for the end of an answer that has ended
              // already hears of an error instead, and a quick server's may have.
              Future<Integer> status = request.response().compose(HttpNoticeSink::drained);
              return request.end(Buffer.buffer(body)).compose(sent -> status);
            })
        .timeout(timeoutMs, TimeUnit.MILLISECONDS);
  }

  // The answer's body says nothing that a provider wants to know, but it must be read to its end
  // before the connection serves again.
  private static Future<Integer> drained(HttpClientResponse response) {
    int status = response.statusCode();
    return response.end().map(ignored -> status);
  }
}
