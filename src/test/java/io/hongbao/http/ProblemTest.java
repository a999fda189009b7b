// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.BrokenInvariantException;
import io.hongbao.model.RefusalCode;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** Problem documents and the pages that explain them. */
class ProblemTest {

  private final JsonWriter json = new JsonWriter();

  @Test
  void saysWhatHelpsAndWhen() {
    var problem = new Problem(RefusalCode.ALL_RESERVED, "2 shares \"left\"", 2400, "r-1");

    assertEquals(
        """
        {"type":"/docs/errors#all_reserved",\
        "title":"All remaining shares are reserved; some may come free.","status":409,\
        "code":"all_reserved","retry":"after","retry_after_ms":2400,"request_id":"r-1",\
        "detail":"2 shares \\"left\\""}\
        """,
        problem.toBuffer(json).toString());
    assertEquals(3, problem.retryAfterSeconds());
  }

  @Test
  void aRetryTimeStandsExactlyWhereTheCodePromisesOne() {
    for (RefusalCode code : RefusalCode.values()) {
      Problem problem = Problem.of(code, "r-1");
      JsonObject read = new JsonObject(problem.toBuffer(json));

      assertEquals(code.httpStatus(), read.getInteger("status"));
      assertEquals("after".equals(read.getString("retry")), read.containsKey("retry_after_ms"));
      assertEquals(problem.retryAfterSeconds() > 0, read.containsKey("retry_after_ms"));
    }
    assertThrows(
        BrokenInvariantException.class, () -> new Problem(RefusalCode.EMPTY, "", 1, "r-1"));
    assertThrows(
        BrokenInvariantException.class, () -> new Problem(RefusalCode.OVERLOADED, "", 0, "r-1"));
  }

  @Test
  void theErrorPagesHaveEveryCode() {
    String html = new String(ErrorReference.html(), UTF_8);
    JsonArray items =
        new JsonObject(new String(ErrorReference.json(), UTF_8)).getJsonArray("items");

    assertEquals(RefusalCode.values().length, items.size());
    for (RefusalCode code : RefusalCode.values()) {
      assertTrue(html.contains("<tr id=\"" + code.wireName() + "\">"), code.wireName());
      assertTrue(html.contains(code.sentence().replace("<", "&lt;")), code.wireName());
    }
    assertFalse(html.contains("<h2>Others"), "an area of refusals has no name");
  }

  @Test
  void pagesLoadNothingFromElsewhere() {
    DocsPages pages = DocsPages.load();

    for (String path : pages.paths()) {
      DocsPages.Page page = pages.find(path);
      String text = new String(page.body(), UTF_8);
      if (path.startsWith("/docs")) {
        assertFalse(text.matches("(?s).*(src|href)=\"?(https?:)?//.*"), path);
        assertFalse(text.contains("@import"), path);
        assertFalse(text.contains("innerHTML"), path);
        assertFalse(text.matches("(?s).*<script(?![^>]*src=).*"), path);
      }
      assertTrue(page.etag().matches("\"[0-9a-f]{16}\""), path);
    }
    assertEquals(null, pages.find("/docs/../openapi.yaml"));
  }
}
