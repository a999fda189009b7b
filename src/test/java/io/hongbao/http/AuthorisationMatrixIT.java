// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.Callers.Caller;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route, called by everybody, on what is theirs, on what is somebody else's and on what does
 * not exist.
 *
 * <p>What must come of it stands in one table, {@link AuthorisationTable}; a route that is not in
 * it fails this test. A call that is let in need not succeed: on routes that change something it
 * ends at an empty body, after it was judged who calls.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorisationMatrixIT {

  private TestServer server;
  private Api api;
  private Callers callers;
  private final Map<String, AuthorisationTable.Row> table = AuthorisationTable.rows();

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
    callers = new Callers(api);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Test
  void everyRouteStandsInTheTableWithItsRolesAndItsScope() {
    Set<String> pages = new TreeSet<>(DocsPages.load().paths());
    // Not ours: the protocol of a web player, with its token in the body.
    pages.add(DplayerRoutes.PATH);
    Set<String> served =
        server.permissions().stream()
            .filter(line -> !pages.contains(line.split(" ", -1)[1]))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> expected =
        table.values().stream()
            .map(AuthorisationTable.Row::permission)
            .collect(Collectors.toCollection(TreeSet::new));

    assertEquals(String.join("\n", expected), String.join("\n", served));
  }

  @Test
  void everybodyHearsWhatTheTableSays() {
    List<String> faults = new ArrayList<>();
    for (AuthorisationTable.Row row : table.values()) {
      for (Caller caller : callers.all()) {
        Api.Reply reply = call(row, caller, callers.own());
        String expected = row.expected(caller);
        String got = reply.status() + (reply.status() < 400 ? "" : " " + reply.code());
        if (!got.equals(expected)) {
          faults.add(row.operation() + " by " + caller.name() + ": " + got + ", not " + expected);
        }
      }
    }

    assertEquals(List.of(), faults);
  }

  /** Whoever could tell "not yours" from "not there" could find out what there is. */
  @Test
  void whatIsForeignLooksLikeWhatDoesNotExist() {
    List<String> faults = new ArrayList<>();
    int looked = 0;
    for (AuthorisationTable.Row row : table.values()) {
      if (row.foreign().isEmpty()) {
        continue;
      }
      for (Caller caller : callers.all()) {
        if (!row.letsIn(caller)) {
          continue;
        }
        Api.Reply foreign = call(row, caller, callers.foreign());
        Api.Reply missing = call(row, caller, callers.missing());
        String got = foreign.status() + " " + foreign.code();
        if (!got.equals(row.foreign())) {
          faults.add(row.operation() + " by " + caller.name() + ", foreign: " + got);
        }
        if (!face(foreign).equals(face(missing))) {
          faults.add(
              row.operation()
                  + " by "
                  + caller.name()
                  + ": foreign and missing differ: "
                  + face(foreign)
                  + " "
                  + face(missing));
        }
        looked++;
      }
    }

    assertEquals(List.of(), faults);
    assertTrue(looked > 10, "foreign things were looked at");
  }

  /** All of an answer but what differs from request to request. */
  private static Map<String, Object> face(Api.Reply reply) {
    Map<String, Object> face = new LinkedHashMap<>();
    JsonObject body = reply.body().copy();
    body.remove("request_id");
    face.put("status", reply.status());
    face.put("body", body);
    face.put("headers", new TreeSet<>(reply.headers().keySet()));
    return face;
  }

  private Api.Reply call(AuthorisationTable.Row row, Caller caller, Map<String, String> values) {
    String path = row.path();
    if (path.startsWith("/v1/operator/users/")) {
      // What is done there to a user would end the ones that are still needed.
      path = path.replace("{user_id}", "40001");
    }
    for (Map.Entry<String, String> value : values.entrySet()) {
      path = path.replace("{" + value.getKey() + "}", value.getValue());
    }
    assertTrue(!path.contains("{"), () -> "a value for " + row.path());
    Api.Call call = api.call(row.method(), path + row.query(values)).key(api.newKey());
    if (caller.secret() != null) {
      boolean isEnd = row.path().startsWith("/v1/auth/logout") && caller.role().equals("user");
      call.as(isEnd ? callers.throwaway() : caller.secret());
    }
    if (caller.isKey() && row.roles().contains("user")) {
      call.header("Hongbao-User", values.get("user_id"));
    }
    JsonObject body = row.body(values);
    ContractCheck.Operation operation = api.contract().find(row.method(), path);
    boolean takesBody = operation != null && operation.node().containsKey("requestBody");
    return body == null || !takesBody ? call.send() : call.send(body);
  }

  @Test
  void theContractNamesTheSameRolesAndScopes() {
    List<String> faults = new ArrayList<>();
    for (ContractCheck.Operation operation : api.contract().operations()) {
      String name = operation.verb().toUpperCase(java.util.Locale.ROOT) + " " + operation.path();
      AuthorisationTable.Row row = table.get(name);
      if (row == null || row.isPublic()) {
        continue;
      }
      JsonArray security = operation.node().getJsonArray("security");
      String said = security == null ? "nothing" : security.encode();
      if (!said.equals(row.security().encode())) {
        faults.add(name + " has security " + said + ", not " + row.security().encode());
      }
      String parameters = String.valueOf(operation.node().getJsonArray("parameters"));
      boolean actsFor = row.roles().contains("user") && row.roles().size() > 1;
      if (parameters.contains("/ActFor\"") != actsFor) {
        faults.add(name + (actsFor ? " lacks" : " must not have") + " the header Hongbao-User");
      }
    }

    assertEquals(List.of(), faults);
  }
}
