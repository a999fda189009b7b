// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pages of allowed origins, and no others, may call from a browser; over TLS, which is new too. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorsIT {

  private static final String SHOP = "https://shop.example";

  private TestServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.HTTP_CORS_ORIGINS,
                SHOP + ",http://localhost:3000",
                Settings.HTTP_CORS_HEADERS,
                "X-Shop-Version"));
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private RawClient.Answer ask(String method, String path, String headers) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.write(RawClient.request(method, path, headers, new byte[0]));
      return client.read();
    }
  }

  private static String header(RawClient.Answer answer, String name) {
    for (String line : answer.head().split("\r\n")) {
      if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
        return line.substring(name.length() + 1).trim();
      }
    }
    return "";
  }

  @Test
  void anAllowedPageHearsWhatItMayDo() throws Exception {
    RawClient.Answer answer =
        ask(
            "OPTIONS",
            "/v1/red-packets",
            "Origin: "
                + SHOP
                + "\r\nAccess-Control-Request-Method: POST\r\n"
                + "Access-Control-Request-Headers: idempotency-key\r\n");

    assertEquals(204, answer.status());
    assertEquals(SHOP, header(answer, "Access-Control-Allow-Origin"));
    assertTrue(header(answer, "Access-Control-Allow-Methods").contains("POST"));
    List<String> allowed = List.of(header(answer, "Access-Control-Allow-Headers").split(", "));
    assertTrue(
        allowed.containsAll(
            List.of("Authorization", "Content-Type", "Idempotency-Key", "X-Shop-Version")));
    assertEquals("600", header(answer, "Access-Control-Max-Age"));
    assertEquals("origin", header(answer, "Vary").toLowerCase(java.util.Locale.ROOT));
    assertEquals("", header(answer, "Access-Control-Allow-Credentials"));
  }

  @Test
  void itsAnswersShowOurHeadersAlsoWhenTheyAreRefusals() throws Exception {
    for (String path : List.of("/v1/time", "/v1/accounts/me", "/nowhere")) {
      RawClient.Answer answer = ask("GET", path, "Origin: " + SHOP + "\r\n");
      assertEquals(SHOP, header(answer, "Access-Control-Allow-Origin"), path);
      List<String> shown = List.of(header(answer, "Access-Control-Expose-Headers").split(", "));
      assertTrue(
          shown.containsAll(
              List.of("Hongbao-Position", "Idempotent-Replayed", "RateLimit", "Retry-After")),
          path);
    }
  }

  @Test
  void otherPagesHearNothing() throws Exception {
    for (String origin : List.of("https://evil.example", "null", SHOP + ".evil.example", "*")) {
      for (String method : List.of("OPTIONS", "GET")) {
        RawClient.Answer answer =
            ask(
                method,
                "/v1/time",
                "Origin: " + origin + "\r\nAccess-Control-Request-Method: GET\r\n");
        assertEquals("", header(answer, "Access-Control-Allow-Origin"), origin);
        assertEquals("", header(answer, "Access-Control-Allow-Methods"), origin);
        assertEquals("", header(answer, "Access-Control-Expose-Headers"), origin);
        assertEquals("origin", header(answer, "Vary").toLowerCase(java.util.Locale.ROOT));
      }
    }
  }

  @Test
  void isOffByDefault() throws Exception {
    assertNull(Cors.of(io.hongbao.config.Configuration.defaults(Path.of("x")).http().cors()));
  }
}
