// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.ContractCheck.Operation;
import io.hongbao.model.RefusalCode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Lints openapi.yaml: that it is sound, says all it should say, and that its examples are true.
 *
 * <p>Each test collects every fault before it fails, so that one run shows all of them.
 */
class OpenApiContractTest {

  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");
  private static final Set<String> CODES =
      new HashSet<>(Stream.of(RefusalCode.values()).map(RefusalCode::wireName).toList());

  private final ContractCheck contract = ContractCheck.load();
  private final List<String> faults = new ArrayList<>();

  @Test
  void isSoundOpenApi31() throws Exception {
    // Vert.x knows no problem+json, CSV or event streams; to its validator they are JSON and text.
    String text =
        contract
            .document()
            .encode()
            .replace("application/problem+json", "application/json")
            .replace("text/csv", "text/plain")
            .replace("text/event-stream", "text/plain");
    Vertx vertx = Vertx.vertx();
    try {
      OpenAPIContract sound =
          OpenAPIContract.from(vertx, new JsonObject(text))
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);

      assertEquals(contract.operations().size(), sound.operations().size());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void jsonSaysWhatYamlSays() {
    JsonObject json = new JsonObject(new String(ContractDocument.load().json(), UTF_8));

    assertEquals("3.1.0", json.getString("openapi"));
    assertEquals(
        JsonRequest.INTEGER_MAX,
        json.getJsonObject("components")
            .getJsonObject("schemas")
            .getJsonObject("Minor")
            .getLong("maximum"));
    walk(
        "",
        json,
        (path, node) -> {
          for (String name : node.fieldNames()) {
            // An unquoted comma in a flow mapping turns the rest of a sentence into a field.
            require(node.getValue(name) != null, path, "has a field without a value: " + name);
          }
        });
    assertNoFaults();
  }

  @Test
  void everyReferenceLeadsSomewhereAndEveryComponentIsUsed() {
    var used = new HashSet<String>();
    walk(
        "",
        contract.document(),
        (path, node) -> {
          if (node.getValue("$ref") instanceof String ref) {
            used.add(ref);
            try {
              contract.resolved(new JsonObject().put("$ref", ref));
            } catch (RuntimeException lost) {
              faults.add(path + ": " + lost.getMessage());
            }
          }
        });
    JsonObject components = contract.document().getJsonObject("components");
    for (String kind : List.of("schemas", "parameters", "responses", "headers")) {
      for (String name : components.getJsonObject(kind).fieldNames()) {
        String ref = "#/components/" + kind + "/" + name;
        require(used.contains(ref), ref, "is not used");
      }
    }
    assertNoFaults();
  }

  @Test
  void everyOperationIsDescribedWhole() {
    var ids = new HashSet<String>();
    var tags = new HashSet<String>();
    contract
        .document()
        .getJsonArray("tags")
        .forEach(t -> tags.add(((JsonObject) t).getString("name")));
    for (Operation operation : contract.operations()) {
      JsonObject node = operation.node();
      String at = operation.id();
      require(operation.path().startsWith("/v1/"), at, "is not under /v1");
      require(operation.path().matches("[a-z0-9_/{}-]+"), at, "has an odd path");
      require(at.matches("[a-z][A-Za-z]+") && ids.add(at), at, "has no operationId of its own");
      require(isText(node, "summary"), at, "has no summary");
      require(isText(node, "description"), at, "has no description");
      JsonArray ownTags = node.getJsonArray("tags", new JsonArray());
      require(ownTags.size() == 1 && tags.contains(ownTags.getString(0)), at, "has no known tag");
      require(
          !node.getBoolean("deprecated", false)
              || (isText(node, "x-deprecated-since") && isText(node, "x-sunset")),
          at,
          "is deprecated without x-deprecated-since and x-sunset");
      lintParameters(operation);
      lintBody(operation);
      lintResponses(operation);
    }
    assertNoFaults();
  }

  @Test
  void everyCodeExistsAndHasItsStatus() {
    Set<String> named = new TreeSet<>();
    JsonArray common = contract.document().getJsonObject("info").getJsonArray("x-common-codes");
    common.forEach(code -> named.add((String) code));
    for (Operation operation : contract.operations()) {
      JsonArray codes = operation.node().getJsonArray("x-codes");
      require(codes != null, operation.id(), "has no x-codes");
      for (Object code : codes == null ? new JsonArray() : codes) {
        named.add((String) code);
        if (CODES.contains((String) code)) {
          int status = RefusalCode.valueOf(((String) code).toUpperCase(Locale.ROOT)).httpStatus();
          require(
              operation.node().getJsonObject("responses").containsKey(Integer.toString(status)),
              operation.id(),
              code + " has status " + status + ", which is not among the responses");
        }
      }
    }
    named.forEach(code -> require(CODES.contains(code), code, "is not in RefusalCode"));
    CODES.forEach(code -> require(named.contains(code), code, "is named by no operation"));
    assertNoFaults();
  }

  @Test
  void everyFieldHasMeaningAndExample() {
    walk(
        "",
        contract.document().getJsonObject("components").getJsonObject("schemas"),
        (path, node) -> {
          if (node.getValue("properties") instanceof JsonObject properties) {
            require(isText(contract.resolved(node), "description"), path, "has no description");
            for (String name : properties.fieldNames()) {
              lintField(path + "/" + name, properties.getJsonObject(name));
              require(name.matches("[a-z][a-z0-9_]*"), path, name + " is not snake_case");
            }
            for (Object name : node.getJsonArray("required", new JsonArray())) {
              require(
                  properties.containsKey((String) name), path, name + " is required but unknown");
            }
          }
        });
    assertNoFaults();
  }

  @Test
  void requestsRefuseUnknownFields() {
    for (Operation operation : contract.operations()) {
      JsonObject body = operation.node().getJsonObject("requestBody");
      if (body != null) {
        lintClosed(operation.id(), mediaOf(body).getJsonObject("schema"), new HashSet<>());
      }
    }
    assertNoFaults();
  }

  @Test
  void everyExampleIsTrue() {
    walk(
        "",
        contract.document(),
        (path, node) -> {
          if (node.getValue("schema") instanceof JsonObject schema && schema.containsKey("$ref")) {
            for (Object example : examplesOf(node)) {
              faults.addAll(contract.schemaFaults(schema, example));
            }
          }
        });
    JsonObject schemas = contract.document().getJsonObject("components").getJsonObject("schemas");
    for (String name : schemas.fieldNames()) {
      var ref = new JsonObject().put("$ref", "#/components/schemas/" + name);
      schemas
          .getJsonObject(name)
          .getJsonArray("examples", new JsonArray())
          .forEach(example -> faults.addAll(contract.schemaFaults(ref, example)));
    }
    assertNoFaults();
  }

  @Test
  void findsOperationsByTheirPaths() {
    assertEquals("listSentRedPackets", idAt("GET", "/v1/red-packets/sent"));
    assertEquals("getRedPacket", idAt("GET", "/v1/red-packets/1204540170000042317"));
    assertEquals("openRedPacket", idAt("POST", "/v1/red-packets/1204540170000042317/open"));
    assertEquals("", idAt("DELETE", "/v1/red-packets/1204540170000042317"));
  }

  @Test
  void seesFaultsInAnswers() {
    Operation time = contract.find("GET", "/v1/time");
    var good = new JsonObject().put("now", "2026-02-16T12:00:00.000Z").put("zone", "UTC");

    assertTrue(time != null);
    assertEquals(List.of(), answer(time, 200, good.copy().put("sandbox", true)));
    assertTrue(!answer(time, 200, good).isEmpty(), "a missing field");
    assertTrue(!answer(time, 200, good.copy().put("sandbox", 1)).isEmpty(), "a wrong type");
    assertTrue(
        !answer(time, 200, good.copy().put("sandbox", true).put("more", 1)).isEmpty(),
        "a new field");
    assertTrue(!answer(time, 201, good.copy().put("sandbox", true)).isEmpty(), "another status");
  }

  private List<String> answer(Operation operation, int status, JsonObject body) {
    return contract.answerFaults(operation, status, "application/json", body);
  }

  private String idAt(String verb, String path) {
    Operation found = contract.find(verb, path);
    return found == null ? "" : found.id();
  }

  private void lintParameters(Operation operation) {
    var inPath = new HashSet<String>();
    for (Object item : operation.node().getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = contract.resolved((JsonObject) item);
      String at = operation.id() + " " + parameter.getString("name");
      require(isText(parameter, "description"), at, "has no description");
      require(parameter.getValue("required") instanceof Boolean, at, "does not say if required");
      lintField(at, parameter.getJsonObject("schema"));
      if ("path".equals(parameter.getString("in"))) {
        inPath.add("{" + parameter.getString("name") + "}");
      }
    }
    Set<String> named = new HashSet<>(Arrays.asList(operation.path().split("/")));
    named.removeIf(part -> !part.startsWith("{"));
    require(named.equals(inPath), operation.id(), "path and parameters differ: " + named + inPath);
  }

  private void lintBody(Operation operation) {
    JsonObject body = operation.node().getJsonObject("requestBody");
    if (body != null) {
      require(body.getValue("required") instanceof Boolean, operation.id(), "body: required?");
      require(!examplesOf(mediaOf(body)).isEmpty(), operation.id(), "body has no example");
      require(
          mediaOf(body).getJsonObject("schema").containsKey("$ref"), operation.id(), "inline body");
    }
  }

  private void lintResponses(Operation operation) {
    JsonObject responses = operation.node().getJsonObject("responses");
    boolean hasSuccess = false;
    for (String status : responses.fieldNames()) {
      String at = operation.id() + " " + status;
      if (status.equals("101")) {
        // What comes then is no HTTP.
        hasSuccess = true;
        continue;
      }
      JsonObject response = contract.resolved(responses.getJsonObject(status));
      JsonObject content = response.getJsonObject("content");
      boolean isGood = status.startsWith("2");
      hasSuccess |= isGood;
      require(isText(response, "description"), at, "has no description");
      require(
          response.getJsonObject("headers").containsKey("X-Request-Id"), at, "has no id header");
      require(
          content.containsKey(isGood ? "application/json" : Problem.CONTENT_TYPE)
              || (isGood && content.containsKey("text/csv"))
              || (isGood && content.containsKey("text/plain"))
              || (isGood && content.containsKey("text/event-stream")),
          at,
          "media type");
      JsonObject media = mediaOf(response);
      require(media.getJsonObject("schema").containsKey("$ref"), at, "has an inline schema");
      require(!examplesOf(media).isEmpty(), at, "has no example");
      require(
          isGood
              || "#/components/schemas/Problem"
                  .equals(media.getJsonObject("schema").getString("$ref")),
          at,
          "is no problem document");
    }
    require(hasSuccess, operation.id(), "has no success response");
    require(responses.containsKey("default"), operation.id(), "has no default response");
  }

  private void lintField(String at, JsonObject field) {
    JsonObject schema = contract.resolved(field);
    Object type = schema.getValue("type");
    boolean isScalar =
        type instanceof JsonArray types
            ? types.stream().anyMatch(SCALARS::contains)
            : SCALARS.contains(String.valueOf(type));
    require(isText(schema, "description"), at, "has no description");
    require(type != null || schema.containsKey("oneOf"), at, "has no type");
    require(
        !isScalar || !schema.getJsonArray("examples", new JsonArray()).isEmpty(),
        at,
        "has no example");
    require(!"number".equals(type), at, "is a floating point number");
  }

  private void lintClosed(String at, JsonObject node, Set<String> seen) {
    if (node.getString("$ref") != null && !seen.add(node.getString("$ref"))) {
      return;
    }
    JsonObject schema = contract.resolved(node);
    if (schema.containsKey("properties")) {
      require(
          Boolean.FALSE.equals(schema.getValue("additionalProperties")),
          at + " " + node.encode().substring(0, Math.min(80, node.encode().length())),
          "takes unknown fields");
      schema
          .getJsonObject("properties")
          .forEach(p -> lintClosed(at + "." + p.getKey(), (JsonObject) p.getValue(), seen));
    }
    if (schema.getValue("items") instanceof JsonObject items) {
      lintClosed(at + "[]", items, seen);
    }
    for (Object choice : schema.getJsonArray("oneOf", new JsonArray())) {
      lintClosed(at, (JsonObject) choice, seen);
    }
  }

  private JsonObject mediaOf(JsonObject bodyOrResponse) {
    JsonObject content = bodyOrResponse.getJsonObject("content");
    return content.getJsonObject(content.fieldNames().iterator().next());
  }

  private static List<@Nullable Object> examplesOf(JsonObject media) {
    var examples = new ArrayList<@Nullable Object>();
    if (media.containsKey("example")) {
      examples.add(media.getValue("example"));
    }
    if (media.getValue("examples") instanceof JsonObject named) {
      named.forEach(e -> examples.add(((JsonObject) e.getValue()).getValue("value")));
    }
    return examples;
  }

  private static boolean isText(JsonObject node, String name) {
    return node.getValue(name) instanceof String text && !text.isBlank();
  }

  private void require(boolean holds, String at, String what) {
    if (!holds) {
      faults.add(at + ": " + what);
    }
  }

  private void assertNoFaults() {
    assertTrue(faults.isEmpty(), () -> "openapi.yaml:\n" + String.join("\n", faults));
  }

  private static void walk(String path, Object node, BiConsumer<String, JsonObject> visitor) {
    if (node instanceof JsonObject object) {
      visitor.accept(path, object);
      object.forEach(entry -> walk(path + "/" + entry.getKey(), entry.getValue(), visitor));
    } else if (node instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        walk(path + "/" + i, array.getValue(i), visitor);
      }
    }
  }
}
