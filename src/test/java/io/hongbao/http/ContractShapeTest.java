// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Growing the contract".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.http.ContractCheck.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is done on several routes is done in the same way on all: pages, positions, repeats. */
class ContractShapeTest {

  /** Lists that are shown whole, each with its reason. */
  private static final Map<String, String> WHOLE =
      Map.of(
          "listAssets", "as many as the configuration names",
          "listKeys", "some dozens at most, kept in memory",
          "listMySessions", "at most 50 per user",
          "listSmsMessages", "a sandbox's last messages to one phone",
          "listWebhooks", "as many as webhook.max allows, kept in memory",
          "listWebhookDeliveries", "the last 100, kept in memory",
          "listEvents", "has a cursor that goes forward and never ends");

  private final ContractCheck contract = ContractCheck.load();
  private final List<String> faults = new ArrayList<>();

  @Test
  void everyListIsPagedInTheSameWay() {
    Set<String> whole = new TreeSet<>();
    for (Operation operation : contract.operations()) {
      if (!operation.id().startsWith("list")) {
        continue;
      }
      if (WHOLE.containsKey(operation.id())) {
        whole.add(operation.id());
        continue;
      }
      Set<String> parameters = parameters(operation);
      require(parameters.contains("Limit"), operation, "takes no limit");
      require(parameters.contains("Cursor"), operation, "takes no cursor");
      JsonObject page = answer(operation);
      JsonObject fields = page.getJsonObject("properties", new JsonObject());
      JsonArray required = page.getJsonArray("required", new JsonArray());
      require(required.contains("items"), operation, "has no items");
      require(fields.containsKey("next_cursor"), operation, "has no next_cursor");
      require(!required.contains("next_cursor"), operation, "has a next_cursor on the last page");
    }
    assertEquals(List.of(), faults);
    assertEquals(WHOLE.keySet(), whole, "lists that are shown whole");
  }

  @Test
  void whatComesFromTheReadModelSaysHowFarItHasComeAndWaitsWhenAsked() {
    for (Operation operation : contract.operations()) {
      boolean takes = parameters(operation).contains("MinPosition");
      JsonArray codes = operation.node().getJsonArray("x-codes");
      JsonObject fields = answer(operation).getJsonObject("properties", new JsonObject());
      if (takes) {
        require(codes.contains("read_model_behind"), operation, "waits and cannot say so");
        require(codes.contains("read_model_unavailable"), operation, "is never unavailable");
      }
      if (takes && !fields.isEmpty()) {
        require(
            answer(operation).getJsonArray("required", new JsonArray()).contains("as_of"),
            operation,
            "waits for a position and does not say as_of");
      }
      require(!fields.containsKey("as_of") || takes, operation, "says as_of and cannot wait");
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void whatMovesValueTakesAKeyAndTellsRepeats() {
    for (Operation operation : contract.operations()) {
      if (!parameters(operation).contains("IdempotencyKey")) {
        continue;
      }
      JsonArray codes = operation.node().getJsonArray("x-codes");
      for (String code :
          List.of("key_missing", "key_malformed", "key_reused", "key_too_old", "key_in_future")) {
        require(codes.contains(code), operation, "cannot answer " + code);
      }
      JsonObject responses = operation.node().getJsonObject("responses");
      for (String status : responses.fieldNames()) {
        if (status.startsWith("2") || status.equals("409")) {
          JsonObject headers =
              contract.resolved(responses.getJsonObject(status)).getJsonObject("headers");
          require(
              headers.containsKey("Idempotent-Replayed"), operation, status + " tells no repeat");
          require(
              !status.startsWith("2") || headers.containsKey("Hongbao-Position"),
              operation,
              status + " tells no position");
        }
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void everyWriteThatHasNoKeyTellsWhyNot() {
    for (Operation operation : contract.operations()) {
      boolean isWrite = !operation.verb().equals("get");
      if (isWrite && operation.id().matches(".*(Packet|Transfer|Hold|topUp|reverse).*")) {
        require(
            parameters(operation).contains("IdempotencyKey")
                // The same key, left out of a dry run.
                || parameters(operation).contains("LedgerKey")
                || operation.node().getString("description").matches("(?s).*(again|repeat).*"),
            operation,
            "moves value without a key and does not say what a repeat does");
      }
    }
    assertEquals(List.of(), faults);
  }

  // By the names of the shared parameters, so that they mean the same everywhere.
  private static Set<String> parameters(Operation operation) {
    var names = new TreeSet<String>();
    for (Object node : operation.node().getJsonArray("parameters", new JsonArray())) {
      String ref = ((JsonObject) node).getString("$ref", "");
      names.add(ref.substring(ref.lastIndexOf('/') + 1));
    }
    return names;
  }

  private JsonObject answer(Operation operation) {
    JsonObject ok = operation.node().getJsonObject("responses").getJsonObject("200");
    if (ok == null) {
      return new JsonObject();
    }
    JsonObject media =
        contract.resolved(ok).getJsonObject("content").getJsonObject("application/json");
    return media == null ? new JsonObject() : contract.resolved(media.getJsonObject("schema"));
  }

  private void require(boolean holds, Operation operation, String what) {
    if (!holds) {
      faults.add(operation.id() + " " + what);
    }
  }
}
