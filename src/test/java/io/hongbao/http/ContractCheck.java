// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds requests and answers against openapi.yaml; for every test that speaks HTTP.
 *
 * <p>Stricter than a client has to be: an answer with a field that the contract does not know is a
 * fault here, so that nothing is served that nobody has written down.
 *
 * <p><b>Thread:</b> one.
 */
public final class ContractCheck {

  private static final String BASE = "https://hongbao.invalid/openapi";
  private static final List<String> VERBS = List.of("get", "put", "post", "delete", "patch");

  private final JsonObject document;
  private final List<Operation> operations = new ArrayList<>();
  private final SchemaRepository schemas;
  private final Map<String, Validator> validators = new HashMap<>();

  /** One operation; {@code node} is its part of the contract. */
  public record Operation(String verb, String path, String id, JsonObject node) {}

  private ContractCheck(JsonObject document) {
    this.document = document;
    document
        .getJsonObject("paths")
        .forEach(
            path ->
                ((JsonObject) path.getValue())
                    .forEach(
                        item -> {
                          if (VERBS.contains(item.getKey())) {
                            var node = (JsonObject) item.getValue();
                            operations.add(
                                new Operation(
                                    item.getKey(),
                                    path.getKey(),
                                    node.getString("operationId", "?"),
                                    node));
                          }
                        }));
    JsonObject closed = document.copy();
    closed.getJsonObject("components").getJsonObject("schemas").forEach(s -> close(s.getValue()));
    schemas =
        SchemaRepository.create(
            new JsonSchemaOptions()
                .setBaseUri(BASE)
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic));
    schemas.dereference(BASE, JsonSchema.of(closed));
  }

  public static ContractCheck load() {
    return new ContractCheck(
        new JsonObject(new String(ContractDocument.load().json(), StandardCharsets.UTF_8)));
  }

  public JsonObject document() {
    return document;
  }

  public List<Operation> operations() {
    return operations;
  }

  /** The operation that serves a path such as /v1/red-packets/1204…/open. */
  public @Nullable Operation find(String verb, String path) {
    Operation found = null;
    for (Operation operation : operations) {
      String form = operation.path().replaceAll("\\{[^}]*}", "[^/]+");
      boolean isLiteral = operation.path().equals(path);
      if (operation.verb().equalsIgnoreCase(verb)
          && path.matches(form)
          && (found == null || isLiteral)) {
        found = operation;
      }
    }
    return found;
  }

  /** What is wrong with an answer; empty when nothing is. */
  public List<String> answerFaults(
      Operation operation, int status, String contentType, @Nullable Object body) {
    JsonObject responses = operation.node().getJsonObject("responses");
    JsonObject response = response(operation, status);
    if (status < 400 && !responses.containsKey(Integer.toString(status))) {
      return List.of(operation.id() + ": status " + status + " is not in the contract");
    }
    String mediaType = contentType.replaceAll(";.*", "").trim();
    JsonObject media = response.getJsonObject("content").getJsonObject(mediaType);
    if (media == null) {
      return List.of(operation.id() + ": answers " + status + " with " + contentType);
    }
    return schemaFaults(media.getJsonObject("schema"), body);
  }

  /** What is wrong with a value by a schema that is a reference into the contract. */
  public List<String> schemaFaults(JsonObject reference, @Nullable Object value) {
    Validator validator =
        validators.computeIfAbsent(
            reference.getString("$ref", reference.encode()),
            key -> schemas.validator(JsonSchema.of(absolute(reference))));
    OutputUnit result = validator.validate(value);
    var faults = new ArrayList<String>();
    if (!Boolean.TRUE.equals(result.getValid())) {
      faults.add(reference.getString("$ref", "the schema") + " does not take " + value);
      result.getErrors().forEach(e -> faults.add(e.getInstanceLocation() + ": " + e.getError()));
    }
    return faults;
  }

  // What stands beside a reference only tells; a schema without one is taken as it is.
  private static JsonObject absolute(JsonObject node) {
    String ref = node.getString("$ref");
    return ref == null ? node : new JsonObject().put("$ref", BASE + ref);
  }

  /** What the contract says of answers with this status. */
  public JsonObject response(Operation operation, int status) {
    JsonObject responses = operation.node().getJsonObject("responses");
    return resolved(
        responses.getJsonObject(
            Integer.toString(status), responses.getJsonObject("default", new JsonObject())));
  }

  /** Follows a reference; what stands beside it wins. */
  public JsonObject resolved(JsonObject node) {
    String ref = node.getString("$ref");
    if (ref == null) {
      return node;
    }
    Object at = document;
    for (String key : ref.substring(2).split("/")) {
      at = at instanceof JsonObject object ? object.getValue(key) : null;
    }
    if (!(at instanceof JsonObject target)) {
      throw new IllegalStateException(ref + " leads nowhere");
    }
    JsonObject beside = node.copy();
    beside.remove("$ref");
    return resolved(target).copy().mergeIn(beside);
  }

  private static void close(Object schema) {
    if (schema instanceof JsonObject object) {
      if (object.containsKey("properties") && !object.containsKey("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      object.forEach(entry -> close(entry.getValue()));
    } else if (schema instanceof JsonArray array) {
      array.forEach(ContractCheck::close);
    }
  }
}
