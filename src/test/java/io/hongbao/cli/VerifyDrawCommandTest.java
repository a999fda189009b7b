// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class VerifyDrawCommandTest {

  @TempDir Path directory;

  private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
  private JsonObject proof = new JsonObject();

  @BeforeEach
  void takeTheFirstPublishedVector() throws IOException {
    try (InputStream file = getClass().getResourceAsStream("/draw-vectors.json")) {
      byte[] bytes = Objects.requireNonNull(file).readAllBytes();
      proof =
          new JsonArray(new String(bytes, StandardCharsets.UTF_8))
              .getJsonObject(0)
              .getJsonObject("proof");
    }
  }

  @Test
  void saysOkForAnHonestProof() throws IOException {
    assertEquals(0, run(file()));

    assertTrue(
        out().contains("     1                 1945                 1945  best luck"), out());
    assertTrue(out().endsWith("draw ok: 10 of 10 shares as drawn\n"), out());
    assertEquals("", err());
  }

  @Test
  void comparesWithTheCommitmentNotedOnArrival() throws IOException {
    assertEquals(0, run("--commitment", proof.getString("commitment"), file()));
    assertTrue(out().contains("commitment as noted on arrival"), out());

    assertEquals(1, run(file(), "--commitment", "00".repeat(32)));
    assertTrue(err().contains("noted on arrival was 0000"), err());
  }

  @Test
  void printsALineForEachDifference() throws IOException {
    proof.getJsonArray("shares").getJsonObject(2).put("amount", 120);
    proof.put("total", 10_001);

    assertEquals(1, run(file()));

    assertTrue(err().contains("differs: commitment does not match"), err());
    assertTrue(err().contains("differs: share at place 3 is 120, drawn "), err());
    assertTrue(out().contains("<- differs"), out());
    assertFalse(out().contains("draw ok"), out());
  }

  @Test
  void tellsAFalseProofFromNoProofFromNoFile() throws IOException {
    Path text = Files.writeString(directory.resolve("text"), "hello");

    assertEquals(1, run(text.toString()));
    assertTrue(err().contains("is no proof: the document is not a JSON object"), err());
    assertEquals(3, run(directory.resolve("absent").toString()));
    assertTrue(err().contains("there is no such file"), err());
    assertEquals(3, run(directory.toString()));
    assertFalse(err().contains("Exception:"), err());
  }

  @Test
  void explainsItsUseOnWrongArguments() throws IOException {
    assertEquals(2, run());
    assertEquals(2, run(file(), file()));
    assertEquals(2, run("--seed", file()));
    assertEquals(2, run(file(), "--commitment"));
    assertEquals(2, run(file(), "--commitment", "12"));
    assertEquals(0, run("--help"));
    assertTrue(out().startsWith("usage: hongbao verify-draw"), out());
  }

  @Test
  void readsAnAddress() throws IOException {
    byte[] body = proof.encode().getBytes(StandardCharsets.UTF_8);
    HttpServer server = server(200, body);
    try {
      assertEquals(0, run(address(server)));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void takesARefusalForNoAnswerAndNotForADifference() throws IOException {
    HttpServer server = server(409, new byte[] {'{', '}'});
    String address = address(server);
    try {
      assertEquals(3, run(address));
      assertTrue(err().contains("the server answered with status 409"), err());
    } finally {
      server.stop(0);
    }
    assertEquals(3, run(address));
    assertEquals(3, run("http://"));
  }

  @Test
  void readsNoMoreThanItsLimitFromAnAddress() throws IOException {
    HttpServer server = server(200, new byte[ProofSource.SIZE_BYTES_MAX + 1]);
    try {
      assertEquals(3, run(address(server)));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void readsNoMoreThanItsLimitFromAFile() throws IOException {
    Path large = Files.write(directory.resolve("l"), new byte[ProofSource.SIZE_BYTES_MAX + 1]);

    assertEquals(3, run(large.toString()));
    assertTrue(err().contains("larger than"), err());
  }

  /** Headers come at once, the body never ends: the request's own time-out would not see it. */
  @Test
  @Timeout(10)
  void doesNotWaitForAServerThatTrickles() throws IOException {
    CountDownLatch done = new CountDownLatch(1);
    HttpServer server = newServer();
    server.createContext(
        "/proof",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write('{');
            body.flush();
            done.await();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
        });
    server.start();
    try {
      IOException late =
          assertThrows(
              IOException.class,
              () -> ProofSource.readAddress(address(server), Duration.ofMillis(300)));

      assertEquals("no whole answer within 300 ms", late.getMessage());
    } finally {
      done.countDown();
      server.stop(0);
    }
  }

  private String file() throws IOException {
    return Files.writeString(directory.resolve("proof.json"), proof.encode()).toString();
  }

  private int run(String... args) {
    outBytes.reset();
    errBytes.reset();
    return VerifyDrawCommand.run(
        List.of(args),
        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
  }

  private String out() {
    return outBytes.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return errBytes.toString(StandardCharsets.UTF_8);
  }

  private static HttpServer server(int status, byte[] answer) throws IOException {
    HttpServer server = newServer();
    server.createContext(
        "/proof",
        exchange -> {
          exchange.sendResponseHeaders(status, answer.length);
          try (OutputStream body = exchange.getResponseBody()) {
            body.write(answer);
          }
        });
    server.start();
    return server;
  }

  private static HttpServer newServer() throws IOException {
    return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  }

  private static String address(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/proof";
  }
}
