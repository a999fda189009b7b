// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import io.hongbao.http.ContractCheck.Operation;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where every answer passes that a test gets over HTTP: request and answer are held against the
 * contract, status, headers, body and code.
 *
 * <p>A request that succeeded must be one that the contract describes; one that was refused may be
 * anything. {@code EveryCallIsWatchedTest} sees to it that no test talks past this class.
 *
 * <p><b>Thread:</b> any.
 */
public final class ContractWatch {

  private static final ContractCheck CONTRACT = ContractCheck.load();

  /** On any answer, whatever its operation says. */
  private static final Set<String> EVERYWHERE =
      Set.of("x-request-id", "ratelimit", "ratelimit-policy", "deprecation", "sunset", "link");

  /** Ours, so that one which nobody has described is a fault. */
  private static final List<String> DESCRIBED =
      List.of("idempotent-replayed", "retry-after", "allow", "ratelimit", "ratelimit-policy");

  private ContractWatch() {}

  /**
   * One request with its answer.
   *
   * @param path with its query
   * @param sent the body as text; null when there was none
   */
  public record Exchange(
      String method,
      String path,
      Map<String, List<String>> sentHeaders,
      @Nullable String sent,
      int status,
      Map<String, List<String>> headers,
      String body) {

    private String plainPath() {
      return path.replaceAll("\\?.*", "");
    }

    private String header(String name) {
      for (Map.Entry<String, List<String>> header : headers.entrySet()) {
        if (header.getKey().equalsIgnoreCase(name)) {
          return header.getValue().getFirst();
        }
      }
      return "";
    }
  }

  /** The operation that an exchange was about; null when it was about none. */
  static @Nullable Operation operation(Exchange exchange) {
    return CONTRACT.find(exchange.method(), exchange.plainPath());
  }

  /** Fails the test when the exchange is not as the contract has it. */
  public static void check(Exchange exchange) {
    List<String> faults = faults(exchange);
    if (!faults.isEmpty()) {
      throw new AssertionError(
          exchange.method()
              + " "
              + exchange.path()
              + " answered "
              + exchange.status()
              + " "
              + exchange.body()
              + "\n"
              + String.join("\n", faults));
    }
  }

  /** For answers to what may be no request at all: a refusal is a problem document. */
  static synchronized void checkRefusal(
      int status, Map<String, List<String>> headers, String body) {
    if (status >= 400) {
      var exchange = new Exchange("", "", Map.of(), null, status, headers, body);
      List<String> faults = new ArrayList<>();
      problem(exchange, faults);
      if (!faults.isEmpty()) {
        throw new AssertionError(status + " " + body + "\n" + String.join("\n", faults));
      }
    }
  }

  /** What is wrong; empty when nothing is. */
  static synchronized List<String> faults(Exchange exchange) {
    List<String> faults = new ArrayList<>();
    if (exchange.header("X-Request-Id").isEmpty()) {
      faults.add("the answer has no X-Request-Id");
    }
    Operation operation = operation(exchange);
    if (operation == null) {
      problem(exchange, faults);
      return faults;
    }
    body(operation, exchange, faults);
    code(operation, exchange, faults);
    headers(operation, exchange, faults);
    if (exchange.status() < 300) {
      taken(operation, exchange, faults);
    }
    return faults;
  }

  // Outside of the contract's paths there are refusals still, and they look the same.
  private static void problem(Exchange exchange, List<String> faults) {
    if (exchange.header("Content-Type").startsWith(Problem.CONTENT_TYPE)) {
      var schema = new JsonObject().put("$ref", "#/components/schemas/Problem");
      faults.addAll(CONTRACT.schemaFaults(schema, Json.decodeValue(exchange.body())));
    } else if (exchange.status() >= 400 && exchange.status() != 501) {
      // 501 is the HTTP layer's own word on a version that it does not speak.
      faults.add("the refusal is no problem document");
    }
  }

  private static void body(Operation operation, Exchange exchange, List<String> faults) {
    if (exchange.method().equals("HEAD")) {
      return;
    }
    String type = exchange.header("Content-Type");
    Object shown = exchange.body();
    if (type.contains("json")) {
      try {
        shown = Json.decodeValue(exchange.body());
      } catch (DecodeException broken) {
        faults.add("the body is no JSON: " + broken.getMessage());
        return;
      }
    }
    faults.addAll(CONTRACT.answerFaults(operation, exchange.status(), type, shown));
    if (exchange.status() >= 400 && shown instanceof JsonObject problem) {
      Integer status = problem.getInteger("status");
      if (status == null || status != exchange.status()) {
        faults.add("the problem speaks of status " + status);
      }
    }
  }

  // A refusal that the operation does not name is a fault of the contract or of the server.
  private static void code(Operation operation, Exchange exchange, List<String> faults) {
    if (exchange.status() < 400 || !exchange.body().startsWith("{")) {
      return;
    }
    String code = new JsonObject(exchange.body()).getString("code");
    JsonArray common = CONTRACT.document().getJsonObject("info").getJsonArray("x-common-codes");
    if (!operation.node().getJsonArray("x-codes").contains(code) && !common.contains(code)) {
      faults.add(operation.id() + " answers " + code + ", which the contract does not name");
    }
  }

  private static void headers(Operation operation, Exchange exchange, List<String> faults) {
    JsonObject described =
        CONTRACT.response(operation, exchange.status()).getJsonObject("headers", new JsonObject());
    Set<String> names = new HashSet<>();
    described.fieldNames().forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
    for (Map.Entry<String, List<String>> header : exchange.headers().entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      boolean isOurs = name.startsWith("hongbao-") || DESCRIBED.contains(name);
      if (isOurs && !EVERYWHERE.contains(name) && !names.contains(name)) {
        faults.add(operation.id() + " sends " + name + ", which the contract does not name");
      }
    }
    for (String name : described.fieldNames()) {
      String value = exchange.header(name);
      if (!value.isEmpty()) {
        JsonObject header = CONTRACT.resolved(described.getJsonObject(name));
        faults.addAll(valueFaults(name, value, header.getJsonObject("schema")));
      }
    }
  }

  // What was taken must be what the contract describes.
  private static void taken(Operation operation, Exchange exchange, List<String> faults) {
    JsonObject body = operation.node().getJsonObject("requestBody");
    if (exchange.sent() != null && !exchange.sent().isEmpty()) {
      if (body == null) {
        faults.add(operation.id() + " took a body that it does not describe");
      } else {
        JsonObject media = body.getJsonObject("content").getJsonObject("application/json");
        faults.addAll(
            CONTRACT.schemaFaults(
                media.getJsonObject("schema"), Json.decodeValue(exchange.sent())));
      }
    } else if (body != null && body.getBoolean("required", false)) {
      faults.add(operation.id() + " did without the body that it requires");
    }
    parameters(operation, exchange, faults);
  }

  private static void parameters(Operation operation, Exchange exchange, List<String> faults) {
    List<JsonObject> described =
        operation.node().getJsonArray("parameters", new JsonArray()).stream()
            .map(node -> CONTRACT.resolved((JsonObject) node))
            .toList();
    Set<String> known = new HashSet<>();
    for (JsonObject parameter : described) {
      String name = parameter.getString("name");
      if (parameter.getString("in").equals("query")) {
        known.add(name);
        value(exchange, name).ifPresent(v -> faults.addAll(faultsOf(parameter, v)));
      }
      if (parameter.getString("in").equals("header") && parameter.getBoolean("required")) {
        boolean isThere = exchange.sentHeaders().keySet().stream().anyMatch(name::equalsIgnoreCase);
        if (!isThere) {
          faults.add(operation.id() + " did without the header " + name);
        }
      }
    }
    for (String name : query(exchange).stream().map(pair -> pair[0]).toList()) {
      if (!known.contains(name)) {
        faults.add(operation.id() + " took the parameter " + name + ", which nobody described");
      }
    }
  }

  private static List<String> faultsOf(JsonObject parameter, String value) {
    return valueFaults(parameter.getString("name"), value, parameter.getJsonObject("schema"));
  }

  private static java.util.Optional<String> value(Exchange exchange, String name) {
    return query(exchange).stream()
        .filter(pair -> pair[0].equals(name))
        .map(pair -> pair[1])
        .findFirst();
  }

  private static List<String[]> query(Exchange exchange) {
    int mark = exchange.path().indexOf('?');
    if (mark < 0) {
      return List.of();
    }
    List<String[]> pairs = new ArrayList<>();
    for (String pair : exchange.path().substring(mark + 1).split("&", -1)) {
      if (!pair.isEmpty()) {
        String[] sides = (pair + "=").split("=", 3);
        pairs.add(new String[] {decoded(sides[0]), decoded(sides[1])});
      }
    }
    return pairs;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  private static List<String> valueFaults(String name, String text, JsonObject schema) {
    Object type = CONTRACT.resolved(schema).getValue("type");
    Object value = text;
    if ("integer".equals(type)) {
      if (!text.matches("-?[0-9]{1,18}")) {
        return List.of(name + ": " + text + " is no integer");
      }
      value = Long.parseLong(text);
    } else if ("boolean".equals(type)) {
      value = Boolean.parseBoolean(text);
    } else if ("array".equals(type)) {
      return List.of();
    }
    return CONTRACT.schemaFaults(schema, value).stream().map(f -> name + ": " + f).toList();
  }
}
