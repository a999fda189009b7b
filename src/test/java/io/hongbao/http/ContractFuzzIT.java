// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import io.hongbao.http.ContractCheck.Operation;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Asks every operation of the contract for what it does not describe.
 *
 * <p>From each operation's own example, changed in one place at a time: nothing that the contract
 * refuses is carried out, every refusal is a problem document with a code that the operation names,
 * nothing is a 500, and afterwards the server is as it was: nothing under way, books in balance.
 *
 * <p>The build's own run is always the same, so that a green commit stays green; {@code
 * -Dfuzz.seed=N} tries another (0 draws one and prints it), {@code -Dfuzz.seconds} gives it more
 * time, {@code -Dfuzz.all=true} tries each field with every odd value.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractFuzzIT {

  private static final long SEED = seed();
  private static final long SECONDS = Long.getLong("fuzz.seconds", 12);
  private static final long ROOM = 88_001;

  /** Would end the token that asks, move the clock for all, or turn others away. */
  private static final Set<String> NEVER_GOOD =
      Set.of(
          "advanceSandboxClock",
          "seedSandboxUsers",
          "logout",
          "logoutEverywhere",
          "endMySession",
          "changePassword",
          "forceOffline",
          "revokeTokens",
          "rotateKey",
          "revokeKey",
          "resetPassword",
          "setDegradation");

  /** Streams do not end. */
  private static final Set<String> SKIPPED = Set.of("listEvents");

  private final ContractCheck contract = ContractCheck.load();
  private final Map<String, Integer> statuses = new HashMap<>();
  private TestServer server;
  private Api api;
  private String user;
  private String service;
  private String packetId;
  private @Nullable RawClient client;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                // What is promised and does not come is waited for.
                Settings.HTTP_REQUEST_TIMEOUT, "300ms"));
    api = server.api();
    user = api.users(10_001, 10, 1_000_000).get(0);
    api.publicRoom(ROOM);
    service = api.keyOf("service", "*");
    packetId = api.send(user, Api.packet("lucky", 1000, 100, ROOM)).getString("id");
  }

  @AfterAll
  void stop() throws Exception {
    if (client != null) {
      client.close();
    }
    server.close();
  }

  private static long seed() {
    long asked = Long.getLong("fuzz.seed", 20_261_122);
    return asked == 0 ? System.nanoTime() : asked;
  }

  @Test
  void noFieldOfAnyBodyTakesWhatItsSchemaDoesNot() throws Exception {
    var fuzzer = new Fuzzer(SEED, contract);
    List<String> faults = new ArrayList<>();
    int asked = 0;
    for (Operation operation : contract.operations()) {
      JsonObject schema = schemaOf(operation);
      if (SKIPPED.contains(operation.id()) || schema == null) {
        continue;
      }
      String bearer = bearerOf(operation);
      var good = new JsonObject(Buffer.buffer(example(operation, bearer).body));
      List<List<Object>> fields = FuzzFields.of(good);
      for (String name :
          contract.resolved(schema).getJsonObject("properties", new JsonObject()).fieldNames()) {
        if (!good.containsKey(name)) {
          fields.add(List.of(name));
        }
      }
      for (List<Object> field : fields) {
        for (String odd : Fuzzer.oddValues(Boolean.getBoolean("fuzz.all"))) {
          FuzzRequest request = example(operation, bearer);
          fuzzer.set(request, field, odd, schema);
          if (request.mustRefuse) {
            asked++;
            String fault = ask(request);
            if (fault != null) {
              faults.add(operation.id() + ", " + request + "\n-> " + fault);
            }
          }
        }
      }
    }
    System.out.println("each field: " + asked + " requests, answers " + statuses);
    assertTrue(asked > 1_000, () -> "requests");
    assertTrue(faults.isEmpty(), () -> faults.size() + "\n" + String.join("\n\n", faults));
    settles();
  }

  @Test
  void whatTheContractDoesNotDescribeIsRefusedAndHarmsNothing() throws Exception {
    var fuzzer = new Fuzzer(SEED, contract);
    List<Operation> operations = new ArrayList<>(contract.operations());
    operations.removeIf(operation -> SKIPPED.contains(operation.id()));
    Map<String, String> bearers = new HashMap<>();
    operations.forEach(operation -> bearers.put(operation.id(), bearerOf(operation)));
    List<String> faults = new ArrayList<>();
    int count = 0;
    long endNanos = System.nanoTime() + SECONDS * 1_000_000_000L;
    while (System.nanoTime() < endNanos && faults.size() < 10) {
      Operation operation = operations.get(count++ % operations.size());
      FuzzRequest request = example(operation, String.valueOf(bearers.get(operation.id())));
      fuzzer.change(request, schemaOf(operation));
      if (request.mustRefuse || !NEVER_GOOD.contains(operation.id())) {
        String fault = ask(request);
        if (fault != null) {
          faults.add(operation.id() + ", " + request + "\n-> " + fault);
        }
      }
    }
    int asked = count;
    assertTrue(
        faults.isEmpty(),
        () -> "fuzz.seed=" + SEED + " after " + asked + "\n" + String.join("\n\n", faults));
    System.out.println("fuzz.seed=" + SEED + ": " + asked + " requests, answers " + statuses);
    settles();
  }

  // Nothing is left behind.
  private void settles() {
    for (int i = 0; i < 100 && server.underWay() > 0; i++) {
      LockSupport.parkNanos(50_000_000L);
    }
    assertEquals(0, server.underWay());
    api.get("/v1/time").send().expect(200);
    JsonObject books = api.trialBalance();
    assertTrue(books.getBoolean("balanced"), () -> "books: " + books);
  }

  private @Nullable String ask(FuzzRequest request) throws IOException {
    RawClient.Answer answer;
    RawClient open = client;
    try {
      if (open == null) {
        open = new RawClient(server.port());
        open.patience(5_000);
        client = open;
      }
      open.write(request.bytes());
      answer = open.read();
    } catch (EOFException | SocketException closed) {
      drop();
      return request.mayClose ? null : "closed without an answer";
    } catch (SocketTimeoutException silent) {
      drop();
      // A length that promises more than comes is waited for.
      return request.mayClose ? null : "no answer";
    }
    if (request.mayClose || answer.status() >= 400) {
      drop();
    }
    statuses.merge(answer.status() / 100 + "xx", 1, Integer::sum);
    if (answer.status() == 500 || (request.mustRefuse && answer.status() < 400)) {
      return answer.status() + " " + answer.body();
    }
    if (request.mayClose && answer.status() < 300) {
      return null;
    }
    if (request.what.equals("path") && answer.body().contains("There is no such path.")) {
      // It has become another path than the one that the contract speaks of.
      return null;
    }
    if (answer.status() == 501 && answer.body().isEmpty()) {
      // What is no HTTP/1 does not get as far as the routes.
      return "HTTP/1.1".equals(request.version) ? "501" : null;
    }
    List<String> wrong =
        ContractWatch.faults(
            new ContractWatch.Exchange(
                request.method,
                request.path,
                request.headerMap(),
                new String(request.body, StandardCharsets.UTF_8),
                answer.status(),
                answer.headers(),
                answer.body()));
    return wrong.isEmpty() ? null : answer.status() + " " + answer.body() + " " + wrong;
  }

  private void drop() throws IOException {
    RawClient open = client;
    client = null;
    if (open != null) {
      open.close();
    }
  }

  // Whoever is let in.
  private String bearerOf(Operation operation) {
    JsonArray security = operation.node().getJsonArray("security");
    if (security == null || security.encode().contains("userToken")) {
      return user;
    }
    String path = example(operation, "").path;
    for (String bearer : List.of(api.operatorKey(), service, user)) {
      Api.Reply reply =
          api.call(operation.verb().toUpperCase(Locale.ROOT), path)
              .as(bearer)
              .header("Content-Type", "text/odd")
              .sendText("");
      if (reply.status() != 401 && reply.status() != 403) {
        return bearer;
      }
    }
    return user;
  }

  private FuzzRequest example(Operation operation, String bearer) {
    String path = operation.path();
    for (Object node : operation.node().getJsonArray("parameters", new JsonArray())) {
      JsonObject parameter = contract.resolved((JsonObject) node);
      String name = parameter.getString("name");
      JsonObject schema = contract.resolved(parameter.getJsonObject("schema"));
      String value =
          URLEncoder.encode(valueOf(name, schema), StandardCharsets.UTF_8).replace("+", "%20");
      if (parameter.getString("in").equals("path")) {
        path = path.replace("{" + name + "}", value);
      } else if (parameter.getString("in").equals("query") && parameter.getBoolean("required")) {
        path += (path.contains("?") ? "&" : "?") + name + "=" + value;
      }
    }
    var request = new FuzzRequest(operation.verb().toUpperCase(Locale.ROOT), path);
    JsonArray security = operation.node().getJsonArray("security");
    request.isPublic =
        security != null
            && !security.encode().contains("Key")
            && !security.encode().contains("Token");
    request.header("Host", "fuzz").header("Authorization", "Bearer " + bearer);
    request.header("Idempotency-Key", "fuzz-" + System.nanoTime());
    JsonObject body = operation.node().getJsonObject("requestBody");
    if (body != null) {
      JsonObject media = body.getJsonObject("content").getJsonObject("application/json");
      request.header("Content-Type", "application/json");
      request.body = exampleOf(media).encode().getBytes(StandardCharsets.UTF_8);
    }
    return request;
  }

  private String valueOf(String name, JsonObject schema) {
    return switch (name) {
      case "packet_id" -> packetId;
      case "user_id", "owner_id" -> "10001";
      case "room_id" -> Long.toString(ROOM);
      case "provider" -> "sim";
      default ->
          String.valueOf(schema.getJsonArray("examples", new JsonArray().add("1")).getValue(0));
    };
  }

  private static JsonObject exampleOf(JsonObject media) {
    JsonObject example = media.getJsonObject("example");
    if (example == null) {
      JsonObject all = media.getJsonObject("examples");
      example = all.getJsonObject(all.fieldNames().iterator().next()).getJsonObject("value");
    }
    return example.copy();
  }

  private static @Nullable JsonObject schemaOf(Operation operation) {
    JsonObject body = operation.node().getJsonObject("requestBody");
    return body == null
        ? null
        : body.getJsonObject("content").getJsonObject("application/json").getJsonObject("schema");
  }
}
