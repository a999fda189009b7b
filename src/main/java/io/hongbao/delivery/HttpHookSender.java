// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Sends by HTTP.
 *
 * <p>The name is resolved here, its address judged, and exactly that address connected to: a name
 * that means something else a moment later leads nowhere. Redirects are not followed. Of an answer
 * only the status counts.
 *
 * <p><b>Thread:</b> any; names are resolved on threads of their own ({@link HookNames}), since
 * Vert.x' workers serve others too.
 *
 * <p><b>Limit:</b> {@code timeoutMs} from the name to the end of the answer; {@link
 * #ANSWER_BYTES_MAX} of an answer are read, and then the connection is cut; {@link
 * #CONNECTIONS_MAX} connections to one address.
 */
public final class HttpHookSender implements HookSender {

  static final int ANSWER_BYTES_MAX = 64 * 1024;
  static final int CONNECTIONS_MAX = 32;

  /** Requests that wait for a connection; each webhook has far fewer under way. */
  private static final int WAITING_MAX = 4_096;

  private final Vertx vertx;
  private final HttpClient client;
  private final HookNames names = new HookNames(InetAddress::getAllByName);
  private final String agent;
  private final boolean allowHttp;
  private final boolean allowPrivate;
  private final long timeoutMs;

  public HttpHookSender(
      Vertx vertx, String version, boolean allowHttp, boolean allowPrivate, long timeoutMs) {
    this.vertx = vertx;
    this.agent = "Hongbao/" + version;
    this.allowHttp = allowHttp;
    this.allowPrivate = allowPrivate;
    this.timeoutMs = timeoutMs;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setVerifyHost(true)
                .setDecompressionSupported(false)
                .setKeepAliveTimeout(30),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS_MAX).setMaxWaitQueueSize(WAITING_MAX));
  }

  @Override
  public void send(Shipment shipment, Consumer<Outcome> onDone) {
    HookTarget target;
    try {
      target = HookTarget.parse(shipment.url(), allowHttp);
    } catch (HookTarget.UnsuitableException e) {
      onDone.accept(Outcome.failed("the URL " + e.getMessage()));
      return;
    }
    resolve(target.host())
        .compose(address -> request(target, address, shipment))
        .timeout(timeoutMs, TimeUnit.MILLISECONDS)
        .onComplete(
            done ->
                onDone.accept(
                    done.succeeded() ? done.result() : Outcome.failed(reason(done.cause()))));
  }

  private Future<InetAddress> resolve(String host) {
    return Future.fromCompletionStage(names.of(host), vertx.getOrCreateContext())
        .compose(this::allowed);
  }

  private Future<InetAddress> allowed(List<InetAddress> addresses) {
    for (InetAddress address : addresses) {
      if (allowPrivate || AddressRule.isPublic(address)) {
        return Future.succeededFuture(address);
      }
    }
    return Future.failedFuture(new ForbiddenAddressException());
  }

  /** Says that a name leads where no receiver may be. */
  private static final class ForbiddenAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    ForbiddenAddressException() {
      super("the host has no public address", null, false, false);
    }
  }

  private Future<Outcome> request(HookTarget target, InetAddress address, Shipment shipment) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.isTls())
            .setURI(target.path())
            .setFollowRedirects(false)
            .setConnectTimeout(timeoutMs)
            .setIdleTimeout(timeoutMs)
            .putHeader("content-type", "application/json")
            .putHeader("user-agent", agent)
            .putHeader("hongbao-webhook-id", Long.toString(shipment.webhookId()))
            .putHeader("hongbao-event-id", shipment.eventId())
            .putHeader("hongbao-attempt", Integer.toString(shipment.attempt()))
            .putHeader(HookSigner.HEADER, shipment.signature());
    return client
        .request(options)
        .compose(
            request -> {
              // Before anything is sent: a quick receiver's answer may have ended otherwise.
              Future<Outcome> outcome =
                  request.response().compose(response -> drained(request, response));
              cutWhenLate(request, outcome);
              return request.end(Buffer.buffer(shipment.body())).compose(sent -> outcome);
            });
  }

  private void cutWhenLate(HttpClientRequest request, Future<Outcome> outcome) {
    long timer =
        vertx.setTimer(
            timeoutMs,
            ignored -> {
              if (!outcome.isComplete()) {
                request.connection().close();
              }
            });
    outcome.onComplete(ignored -> vertx.cancelTimer(timer));
  }

  // What it says beside its status is read, since the connection serves again, and forgotten.
  private static Future<Outcome> drained(HttpClientRequest request, HttpClientResponse response) {
    long[] bytes = {0};
    response.handler(
        chunk -> {
          bytes[0] += chunk.length();
          if (bytes[0] > ANSWER_BYTES_MAX) {
            request.connection().close();
          }
        });
    int status = response.statusCode();
    return response
        .end()
        .map(ignored -> new Outcome(status, ""))
        // The status was said; that more was said than we listen to takes nothing from it.
        .otherwise(cut -> new Outcome(status, ""));
  }

  private String reason(Throwable cause) {
    return switch (cause) {
      case ForbiddenAddressException forbidden -> String.valueOf(forbidden.getMessage());
      case HookNames.BusyException busy -> String.valueOf(busy.getMessage());
      case TimeoutException late -> "no whole answer in " + timeoutMs + " ms";
      case java.net.UnknownHostException unknown -> "the host is unknown";
      case java.net.ConnectException refused -> "no connection";
      case javax.net.ssl.SSLException tls -> "no trust: " + tls.getMessage();
      default -> {
        String said = cause.getMessage();
        yield said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
      }
    };
  }

  public Future<Void> close() {
    names.close();
    return client.close();
  }
}
