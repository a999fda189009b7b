// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Growing the contract".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.RefusalCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Version 1 only grows: the contract and the codes are held against those of the last release.
 *
 * <p>The file of the last release is renewed by a release and by nothing else: {@code mvn test
 * -Dtest=ContractGrowthTest -Dcontract.release=true}.
 */
class ContractGrowthTest {

  private static final Path RELEASED = Path.of("src/test/resources/contract/v1-released.json");

  @Test
  void nothingThatWasReleasedIsTakenBack() throws IOException {
    JsonObject now = new JsonObject().put("contract", contract()).put("codes", codes());
    if (Boolean.getBoolean("contract.release")) {
      Files.createDirectories(RELEASED.getParent());
      Files.writeString(RELEASED, now.encodePrettily() + "\n");
    }
    JsonObject released = new JsonObject(Files.readString(RELEASED));

    List<String> faults =
        new ArrayList<>(
            ContractGrowth.faults(
                released.getJsonObject("contract"), now.getJsonObject("contract")));
    faults.addAll(codeFaults(released.getJsonObject("codes"), codes()));

    assertTrue(
        faults.isEmpty(),
        () ->
            "Version 1 only grows; a client of the last release would notice:\n"
                + String.join("\n", faults)
                + "\nRemedy: add beside what is there, mark the old as deprecated with x-sunset.");
  }

  private static JsonObject contract() {
    return new JsonObject(new String(ContractDocument.load().json(), StandardCharsets.UTF_8));
  }

  // What a code means is its number, its status and what helps; the sentence may be said better.
  private static JsonObject codes() {
    var codes = new JsonObject();
    for (RefusalCode code : RefusalCode.values()) {
      codes.put(
          code.wireName(),
          new JsonObject()
              .put("number", code.number())
              .put("status", code.httpStatus())
              .put("retry", code.retry().name().toLowerCase(Locale.ROOT)));
    }
    return codes;
  }

  private static List<String> codeFaults(JsonObject released, JsonObject now) {
    List<String> faults = new ArrayList<>();
    for (String name : released.fieldNames()) {
      if (!released.getJsonObject(name).equals(now.getJsonObject(name))) {
        faults.add("code " + name + ": was " + released.getJsonObject(name).encode());
      }
    }
    return faults;
  }

  // The comparison itself, on a contract of one operation.

  private static final String SMALL =
      """
      {"security": [{"userToken": []}],
       "paths": {"/v1/a/{id}": {"post": {
         "operationId": "a",
         "parameters": [
           {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
           {"name": "limit", "in": "query", "required": false,
            "schema": {"type": "integer", "minimum": 1, "maximum": 200}}],
         "requestBody": {"required": true, "content": {"application/json": {"schema":
           {"$ref": "#/components/schemas/In"}}}},
         "responses": {"200": {"headers": {"X": {}}, "content": {"application/json": {"schema":
           {"$ref": "#/components/schemas/Out"}}}}, "default": {}}}}},
       "components": {"schemas": {
         "In": {"type": "object", "required": ["n"], "properties": {
           "n": {"type": "integer", "minimum": 1},
           "kind": {"type": "string", "enum": ["x", "y"]}}},
         "Out": {"type": "object", "required": ["n"], "properties": {
           "n": {"type": "integer"},
           "more": {"type": "array", "items": {"$ref": "#/components/schemas/Out"}},
           "state": {"type": "string", "enum": ["s", "t"]},
           "code": {"type": "string", "enum": ["c"], "description": "Open list."}}}}}}
      """;

  private static List<String> after(Consumer<JsonObject> change) {
    JsonObject changed = new JsonObject(SMALL);
    change.accept(changed);
    return ContractGrowth.faults(new JsonObject(SMALL), changed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"operationId\": \"a\"|\"operationId\": \"b\"",
        "/v1/a/|/v1/b/",
        "\"post\"|\"put\"",
        "\"maximum\": 200|\"maximum\": 100",
        "\"minimum\": 1,|\"minimum\": 2,",
        "\"required\": false|\"required\": true",
        "\"name\": \"limit\"|\"name\": \"count\"",
        "\"required\": [\"n\"], \"properties\": { \"n\": {\"type\": \"integer\","
            + " \"min|\"required\": [\"n\", \"kind\"], \"properties\": { \"n\": {\"type\":"
            + " \"integer\", \"min",
        "[\"x\", \"y\"]|[\"x\"]",
        "\"kind\":|\"sort\":",
        "[\"s\", \"t\"]|[\"s\", \"t\", \"u\"]",
        "\"state\":|\"status\":",
        "\"required\": [\"n\"], \"properties\": { \"n\": {\"type\": \"integer\"}|"
            + "\"properties\": { \"n\": {\"type\": \"integer\"}",
        "\"n\": {\"type\": \"integer\"}|\"n\": {\"type\": \"string\"}",
        "{\"X\": {}}|{}",
        "\"200\":|\"201\":",
        "[{\"userToken\": []}]|[{\"key\": []}]",
      })
  void seesWhatBreaksAClient(String old, String changed) {
    String small = SMALL.replaceAll("\\s+", " ");
    assertTrue(small.contains(old), "the test's own text");

    List<String> faults =
        ContractGrowth.faults(new JsonObject(small), new JsonObject(small.replace(old, changed)));

    assertTrue(!faults.isEmpty(), changed);
  }

  @Test
  void letsTheContractGrow() {
    assertEquals(List.of(), after(contract -> {}));
    assertEquals(
        List.of(),
        after(
            contract -> {
              JsonObject schemas = contract.getJsonObject("components").getJsonObject("schemas");
              JsonObject in = schemas.getJsonObject("In").getJsonObject("properties");
              in.put("note", new JsonObject().put("type", "string"));
              in.getJsonObject("kind").getJsonArray("enum").add("z");
              in.getJsonObject("n").put("minimum", 0);
              JsonObject out = schemas.getJsonObject("Out").getJsonObject("properties");
              out.put("note", new JsonObject().put("type", "string"));
              out.getJsonObject("code").getJsonArray("enum").add("d");
              schemas.getJsonObject("Out").getJsonArray("required").add("state");
              contract.getJsonObject("paths").put("/v1/new", new JsonObject());
              contract.getJsonArray("security").add(new JsonObject().put("key", List.of()));
            }));
  }
}
