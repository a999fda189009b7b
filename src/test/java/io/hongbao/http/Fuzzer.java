// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Changes one thing about a good request, off the contract in type, bound, encoding or framing.
 *
 * <p>What it surely makes of the request is known where it can be: the contract's own schema judges
 * bodies, and what no HTTP server may take is marked.
 *
 * <p><b>Thread:</b> one; the same seed gives the same changes.
 */
final class Fuzzer {

  private static final String MARK = "@@odd@@";

  /** Values as JSON text; the last are none. */
  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "-0",
          "1.5",
          "1.0",
          "1e3",
          "1e400",
          "-1e-400",
          "\"\"",
          "\" \"",
          "[]",
          "{}",
          "[null]",
          "9007199254740992",
          "9223372036854775807",
          "9223372036854775808",
          "99999999999999999999999999999999999999999999",
          "\"0\"",
          "\"-1\"",
          "\"01\"",
          "\"1.0\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"\\udc00\\ud800\"",
          "\"\\ufeff\"",
          "\"../../etc\"",
          "\"' or 1=1 --\"",
          "\"<script>\"",
          "\"%s%n\"",
          "\"2026-02-30T25:61:61Z\"",
          "\"0000-00-00T00:00:00Z\"",
          "\"99999-01-01T00:00:00.000Z\"",
          "\"999:99999999999999999999\"",
          "\"" + "9".repeat(400) + "\"",
          "\"" + "長".repeat(3000) + "\"",
          "[".repeat(12) + "]".repeat(12),
          "[".repeat(500) + "]".repeat(500),
          "NaN",
          "Infinity",
          "0x10",
          "01",
          "+1",
          "'a'",
          "undefined",
          "\"a\nb\"",
          "\"\\x41\"",
          ",",
          "");

  private static final List<String> ODD_TEXTS =
      List.of(
          "",
          "0",
          "-1",
          "01",
          "1.0",
          "9223372036854775808",
          "999999999999999999999999",
          "%00",
          "%ff",
          "%",
          "%zz",
          "%2e%2e%2f",
          "..",
          "a%20b",
          "true",
          "null",
          "[]",
          "x".repeat(300),
          "x".repeat(5000),
          "%E2%82%AC",
          "%ED%A0%80",
          "1;2",
          "1,2",
          "a=b",
          "2026-02-30T00:00:00Z");

  private static final List<String> ODD_HEADERS =
      List.of(
          "",
          " ",
          "\u00e9",
          "\u0001",
          "a\u007fb",
          "x".repeat(129),
          "x".repeat(9000),
          "\t",
          "a, b",
          "\"quoted\"",
          "0",
          "-1",
          "null",
          "018f0000-0000-7000-8000-000000000000");

  private final SplittableRandom random;
  private final ContractCheck contract;

  Fuzzer(long seed, ContractCheck contract) {
    this.random = new SplittableRandom(seed);
    this.contract = contract;
  }

  /**
   * Changes a request.
   *
   * @param schema of its body; null when it has none
   */
  void change(FuzzRequest request, @Nullable JsonObject schema) {
    List<Consumer<FuzzRequest>> ways = new ArrayList<>();
    if (schema != null) {
      for (int weight = 0; weight < 6; weight++) {
        ways.add(one -> changeBody(one, schema));
      }
      ways.add(this::changeEncoding);
      ways.add(this::changeMediaType);
    }
    ways.add(this::changeQuery);
    ways.add(this::changePath);
    ways.add(this::changeHeaders);
    ways.add(each -> FuzzFraming.change(each, random));
    pick(ways).accept(request);
  }

  /** The values that a field is tried with one after another; all that there are, or the worst. */
  static List<String> oddValues(boolean all) {
    return all
        ? ODD_VALUES
        : List.of("null", "true", "-1", "1.5", "\"\"", "[]", "{}", "[null]", "1e400");
  }

  /** Puts a value, as JSON text, where a path leads. */
  void set(FuzzRequest request, List<Object> path, String odd, JsonObject schema) {
    JsonObject top = new JsonObject(new String(request.body, UTF_8));
    Object holder = top;
    for (Object step : path.subList(0, path.size() - 1)) {
      holder =
          step instanceof String name && holder instanceof JsonObject object
              ? object.getValue(name)
              : ((JsonArray) holder).getValue(0);
    }
    if (path.getLast() instanceof String name) {
      ((JsonObject) holder).put(name, MARK);
    } else {
      ((JsonArray) holder).set(0, MARK);
    }
    String text = top.encode().replace('"' + MARK + '"', odd);
    request.body = text.getBytes(UTF_8);
    request.changed(path + " = " + (odd.length() > 60 ? odd.substring(0, 60) + "…" : odd));
    request.mustRefuse |= isOffSchema(text, schema);
  }

  private <T> T pick(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private void changeBody(FuzzRequest request, JsonObject schema) {
    Object tree = Json.decodeValue(new String(request.body, UTF_8));
    if (!(tree instanceof JsonObject object)) {
      return;
    }
    String text =
        switch (random.nextInt(10)) {
          case 0 -> removed(request, object);
          case 1 -> {
            request.changed("a field that nobody knows");
            yield object.put("x_unknown", 1).encode();
          }
          case 2 -> {
            request.changed("a doubled name").refused();
            yield "{\"x\":1,\"x\":1," + object.encode().substring(1);
          }
          case 3 -> {
            request.changed("another top").refused();
            yield pick(List.of("[" + object.encode() + "]", "1", "\"a\"", "null"));
          }
          default -> replaced(request, object);
        };
    request.body = text.getBytes(UTF_8);
    request.mustRefuse |= isOffSchema(text, schema);
  }

  private boolean isOffSchema(String text, JsonObject schema) {
    if (text.isEmpty()) {
      return false;
    }
    try {
      return !contract.schemaFaults(schema, Json.decodeValue(text)).isEmpty();
    } catch (DecodeException broken) {
      return true;
    }
  }

  private String removed(FuzzRequest request, JsonObject object) {
    List<String> names = new ArrayList<>(object.fieldNames());
    if (!names.isEmpty()) {
      String name = pick(names);
      request.changed("without " + name);
      object.remove(name);
    }
    return object.encode();
  }

  private String replaced(FuzzRequest request, JsonObject object) {
    JsonObject holder = object;
    List<String> names = new ArrayList<>(holder.fieldNames());
    while (!names.isEmpty()) {
      String name = pick(names);
      Object value = holder.getValue(name);
      if (value instanceof JsonArray array
          && !array.isEmpty()
          && array.getValue(0) instanceof JsonObject first
          && random.nextBoolean()) {
        value = first;
      }
      if (value instanceof JsonObject inner && !inner.isEmpty() && random.nextInt(4) > 0) {
        holder = inner;
        names = new ArrayList<>(holder.fieldNames());
        continue;
      }
      String odd = pick(ODD_VALUES);
      holder.put(name, MARK);
      request.changed(name + " = " + (odd.length() > 60 ? odd.substring(0, 60) + "…" : odd));
      return object.encode().replace('"' + MARK + '"', odd);
    }
    return object.encode();
  }

  private void changeEncoding(FuzzRequest request) {
    String text = new String(request.body, UTF_8);
    switch (random.nextInt(7)) {
      case 0 -> bytes(request, "a byte that is no UTF-8", insert(request.body, (byte) 0xff));
      case 1 ->
          bytes(
              request,
              "an overlong form",
              (text.replaceFirst("\\{", "{\"a\":\"") + "\u00c0\u00af\"").getBytes(ISO_8859_1));
      case 2 -> bytes(request, "a byte order mark", ("\ufeff" + text).getBytes(UTF_8));
      case 3 -> bytes(request, "UTF-16", text.getBytes(StandardCharsets.UTF_16));
      case 4 ->
          bytes(
              request,
              "cut off",
              text.substring(0, Math.max(1, text.length() - 2)).getBytes(UTF_8));
      case 5 -> bytes(request, "something after it", (text + "{}").getBytes(UTF_8));
      default ->
          bytes(
              request,
              "a surrogate in UTF-8",
              insert(request.body, (byte) 0xed, (byte) 0xa0, (byte) 0x80));
    }
  }

  private static void bytes(FuzzRequest request, String what, byte[] body) {
    request.body = body;
    request.changed(what).refused();
  }

  // Into the first string, where any text may stand.
  private static byte[] insert(byte[] body, byte... odd) {
    int at = new String(body, ISO_8859_1).indexOf('"') + 1;
    byte[] longer = new byte[body.length + odd.length];
    System.arraycopy(body, 0, longer, 0, at);
    System.arraycopy(odd, 0, longer, at, odd.length);
    System.arraycopy(body, at, longer, at + odd.length, body.length - at);
    return longer;
  }

  private void changeMediaType(FuzzRequest request) {
    String type =
        pick(
            List.of(
                "text/plain",
                "application/json; charset=utf-16",
                "application/json; charset=latin1",
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application",
                "",
                "application/jsonx",
                "application/json, text/html"));
    request.without("Content-Type").header("Content-Type", type);
    request.changed("content type " + type).refused();
    if (random.nextInt(4) == 0) {
      request.without("Content-Type").header("Content-Type", "application/json");
      request.header("Content-Encoding", "gzip").changed("said to be compressed");
    }
  }

  private void changeQuery(FuzzRequest request) {
    String name =
        pick(
            List.of(
                "limit",
                "cursor",
                "min_position",
                "year",
                "asset",
                "at",
                "x",
                "after",
                "after_place",
                "user_id",
                "types"));
    String value = pick(ODD_TEXTS).replace(" ", "%20");
    String more = name + "=" + value;
    if (random.nextInt(3) == 0) {
      more += "&" + more;
    }
    request.path += (request.path.contains("?") ? "&" : "?") + more;
    request.changed("query " + name);
  }

  private void changePath(FuzzRequest request) {
    String[] parts = request.path.split("/", -1);
    int at = 1 + random.nextInt(parts.length - 1);
    parts[at] = pick(ODD_TEXTS).replace(" ", "%20");
    request.path = String.join("/", parts);
    request.changed("path").broken();
  }

  private void changeHeaders(FuzzRequest request) {
    String name =
        pick(
            List.of(
                "Idempotency-Key",
                "Authorization",
                "X-Request-Id",
                "Hongbao-User",
                "Hongbao-Claim-Code",
                "Accept",
                "Expect",
                "Cookie",
                "If-None-Match",
                "X-Forwarded-For",
                "Last-Event-ID"));
    String value = pick(ODD_HEADERS);
    boolean isSecond = random.nextBoolean();
    if (!isSecond) {
      request.without(name);
    }
    request.header(name, value).changed((isSecond ? "another " : "odd ") + name).broken();
    if (name.equals("Authorization") && !isSecond) {
      request.mustRefuse = !request.isPublic;
    }
  }
}
