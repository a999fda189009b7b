// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import java.nio.charset.StandardCharsets;

/**
 * Makes the list of all refusals, for people and for machines, from the enum itself, so that it can
 * never lag behind the code.
 */
public final class ErrorReference {

  private ErrorReference() {}

  /** A page whose anchors are the {@code type} of problem documents. */
  public static byte[] html() {
    var page = new StringBuilder(16 * 1024);
    page.append(
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Hongbao: refusals</title>
        <link rel="icon" href="data:,">
        <link rel="stylesheet" href="/docs/docs.css">
        </head>
        <body class="plain">
        <main>
        <p><a href="/docs">API reference</a></p>
        <h1>Refusals</h1>
        <p>Every answer of 400 and above is a problem document with one of these codes. Decide by
        <code>code</code>; treat one that you do not know by its <code>retry</code>:
        <b>never</b>, the answer will not change; <b>same_key</b>, the outcome is unknown to you, so
        repeat with the same Idempotency-Key; <b>after</b>, wait <code>retry_after_ms</code> and repeat.
        Also as <a href="/docs/errors.json">JSON</a>.</p>
        """);
    int area = 0;
    for (RefusalCode code : RefusalCode.values()) {
      if (code.number() / 100 != area) {
        page.append(area == 0 ? "" : "</tbody></table></div>\n");
        area = code.number() / 100;
        page.append("<h2>")
            .append(areaName(area))
            .append("</h2>\n<div class=\"wide\"><table><thead><tr><th>code</th><th>status</th>")
            .append(
                "<th>retry</th><th"
                    + " class=\"less\">number</th><th>meaning</th></tr></thead><tbody>\n");
      }
      row(page, code);
    }
    page.append("</tbody></table></div>\n</main>\n</body>\n</html>\n");
    return page.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The same as {@code {"items":[{"code":…,"number":…,"status":…,"retry":…,"title":…}]}}. */
  public static byte[] json() {
    JsonWriter json = new JsonWriter().beginObject().name("items").beginArray();
    for (RefusalCode code : RefusalCode.values()) {
      json.beginObject()
          .field("code", code.wireName())
          .field("number", code.number())
          .field("status", code.httpStatus())
          .field("retry", Problem.wireName(code.retry()))
          .field("title", code.sentence())
          .endObject();
    }
    return json.endArray().endObject().toBytes();
  }

  private static void row(StringBuilder page, RefusalCode code) {
    String name = code.wireName();
    page.append("<tr id=\"")
        .append(name)
        .append("\"><td><a href=\"#")
        .append(name)
        .append("\"><code>")
        .append(name)
        .append("</code></a></td><td>")
        .append(code.httpStatus())
        .append("</td><td>")
        .append(Problem.wireName(code.retry()))
        .append("</td><td class=\"less\">")
        .append(code.number())
        .append("</td><td>")
        .append(escaped(code.sentence()))
        .append("</td></tr>\n");
  }

  // The areas of RefusalCode's numbers.
  private static String areaName(int area) {
    return switch (area) {
      case 1 -> "The request";
      case 2 -> "Identity";
      case 3 -> "Load";
      case 4 -> "Money";
      case 5 -> "Red packets";
      case 6 -> "Payment";
      case 7 -> "Rooms";
      case 8 -> "Sandbox";
      case 9 -> "People";
      case 10 -> "Events and webhooks";
      default -> "Others";
    };
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
