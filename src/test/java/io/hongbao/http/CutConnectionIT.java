// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A peer who takes nothing of a long answer.
 *
 * <p>Exports and silent connections were closed by the connection's own {@code close}. That writes
 * out first what waits, so such a peer was never cut off and kept its place for ever. So were requests
 * that came too slowly, that could not be read, and bodies that nobody wanted.
 */
class CutConnectionIT {

  private static final int PIECE_BYTES = 256 * 1024;

  /** More than the system takes for a peer who takes nothing: 2.8 MB were seen. */
  private static final int PIECES = 64;

  /** Ways to end a connection. */
  private enum End {
    CUT(Connections::cut),
    CUT_AFTER_ANSWER(Connections::cutAfterAnswer),
    CLOSE(HttpConnection::close);

    private final Consumer<HttpConnection> way;

    End(Consumer<HttpConnection> way) {
      this.way = way;
    }
  }

  @ParameterizedTest
  @EnumSource(End.class)
  void isGoneOnlyWhenItIsCut(End end) throws Exception {
    boolean cuts = end != End.CLOSE;
    CountDownLatch closed = new CountDownLatch(1);
    Vertx vertx = Vertx.vertx();
    try (Socket socket = new Socket()) {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    request.connection().closeHandler(ignored -> closed.countDown());
                    request.response().setChunked(true);
                    for (int i = 0; i < PIECES; i++) {
                      request.response().write(Buffer.buffer(new byte[PIECE_BYTES]));
                    }
                    vertx.setTimer(50, ignored -> end.way.accept(request.connection()));
                  })
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS);
      socket.setReceiveBufferSize(4 * 1024);
      socket.connect(new InetSocketAddress("127.0.0.1", server.actualPort()), 10_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      if (cuts) {
        assertTrue(closed.await(20, TimeUnit.SECONDS), "nothing is waited for");
      } else {
        assertFalse(closed.await(500, TimeUnit.MILLISECONDS), "this is why it is not enough");
      }
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }

  /** An answer that fits is read to its end although nothing waits for its reader. */
  @Test
  void anAnswerOfThisTurnStillArrives() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Socket socket = new Socket()) {
      HttpServer server =
          vertx
              .createHttpServer()
              .requestHandler(
                  request -> {
                    request.response().end("whole");
                    Connections.cutAfterAnswer(request.connection());
                  })
              .listen(0, "127.0.0.1")
              .await(10, TimeUnit.SECONDS);
      socket.connect(new InetSocketAddress("127.0.0.1", server.actualPort()), 10_000);
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: t\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      String heard =
          new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

      assertTrue(heard.endsWith("\r\n\r\nwhole"), heard);
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
