// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.http;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the page of all types of events from the contract; a test holds the contract against the
 * code, so the page can lag behind neither.
 */
final class EventReference {

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Hongbao: events</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/docs/docs.css">
      </head>
      <body class="plain">
      <main>
      <p><a href="/docs">API reference</a></p>
      <h1>Events</h1>
      <p>What <a href="/docs#listEvents">GET /v1/events</a> shows and webhooks bring. Every event has an
      <code>id</code> that never changes, the <code>cursor</code> behind it, its <code>type</code>, the
      <code>time</code> and <code>position</code> of the decision, a <code>subject</code>, and
      <code>data</code> by type, below. Types and fields may be added: ignore what you do not know. Of one
      subject, and of all that led to an event, the order is the order of what happened.</p>
      """;

  private final Map<?, ?> schemas;
  private final StringBuilder page = new StringBuilder(64 * 1024).append(HEAD);

  private EventReference(Map<?, ?> schemas) {
    this.schemas = schemas;
  }

  static byte[] html(ContractDocument contract) {
    Map<?, ?> document = map(ContractDocument.tree(contract.yaml()));
    Map<?, ?> schemas = map(map(document.get("components")).get("schemas"));
    EventReference reference = new EventReference(schemas);
    map(map(schemas.get("Event")).get("x-event-types"))
        .forEach((name, said) -> reference.type(String.valueOf(name), map(said)));
    return reference
        .page
        .append("</main>\n</body>\n</html>\n")
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  private void type(String name, Map<?, ?> said) {
    Map<?, ?> data = resolved(map(said.get("data")));
    List<?> required = data.get("required") instanceof List<?> names ? names : List.of();
    page.append("<h2 id=\"").append(name).append("\"><a href=\"#").append(name);
    page.append("\"><code>").append(name).append("</code></a></h2>\n<p>");
    page.append(text(said, "description")).append("</p>\n<div class=\"wide\"><table><thead><tr>");
    page.append("<th>field</th><th>type</th><th>meaning</th></tr></thead><tbody>\n");
    map(data.get("properties"))
        .forEach(
            (field, schema) -> field(String.valueOf(field), map(schema), required.contains(field)));
    page.append("</tbody></table></div>\n");
  }

  private void field(String name, Map<?, ?> schema, boolean isAlways) {
    Map<?, ?> whole = resolved(schema);
    page.append("<tr><td><code>").append(name).append("</code></td><td>");
    page.append(form(schema, whole)).append(isAlways ? "" : ", may be absent").append("</td><td>");
    // What stands beside a reference says more than what it leads to.
    page.append(text(schema.containsKey("description") ? schema : whole, "description"));
    if (whole.get("enum") instanceof List<?> values) {
      page.append(" One of ");
      page.append(
          String.join(
              ", ",
              values.stream()
                  .map(v -> "<code>" + escaped(String.valueOf(v)) + "</code>")
                  .toList()));
      page.append('.');
    }
    page.append("</td></tr>\n");
  }

  private static String form(Map<?, ?> schema, Map<?, ?> whole) {
    @Nullable Object ref = schema.get("$ref");
    if (ref != null) {
      return escaped(String.valueOf(ref).replaceAll(".*/", ""));
    }
    return escaped(String.valueOf(whole.get("type")));
  }

  private Map<?, ?> resolved(Map<?, ?> schema) {
    @Nullable Object ref = schema.get("$ref");
    return ref == null ? schema : map(schemas.get(String.valueOf(ref).replaceAll(".*/", "")));
  }

  private static String text(Map<?, ?> node, String name) {
    return escaped(String.valueOf(node.get(name)).strip());
  }

  private static Map<?, ?> map(@Nullable Object node) {
    if (node instanceof Map<?, ?> map) {
      return map;
    }
    throw new IllegalStateException("the contract has no such object: " + node);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
