// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import io.hongbao.http.ContractCheck.Operation;
import io.hongbao.provider.pay.NoticeSigner;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
 * Server and contract say the same.
 *
 * <p>Every operation is called once with success; {@link Api} holds requests and answers against
 * the contract, here and in every other test that speaks HTTP.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractIT {

  /** They do not end; RoomsOverWebSocketIT speaks them. */
  private static final Set<String> STREAMS = Set.of("openRooms", "streamRoom");

  private TestServer server;
  private Api api;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                Settings.PLAY_ROOM, "88",
                Settings.PLAY_SUPERVISED, "true"));
    api = server.api();
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private Api.Call operator(String method, String path) {
    return api.call(method, path).as(api.operatorKey()).header("Hongbao-Cause", "contract");
  }

  @Test
  void everyOperationIsServedAsItIsDescribed() throws Exception {
    api.get("/v1/assets").send().expect(200);
    api.get("/v1/time").send().expect(200);
    List<String> users = api.users(10_001, 3, 50_000);
    operator("POST", "/v1/operator/tokens")
        .send(new JsonObject().put("user_ids", new JsonArray().add("10001")))
        .expect(201);
    operator("POST", "/v1/operator/tokens/revoke")
        .send(new JsonObject().put("user_id", "10009"))
        .expect(200);
    keys();
    accounts();
    rooms();
    packets(users);
    lists(users.get(0));
    providers(users.get(0));
    events();
    new LedgerContract(api).callAll(users.get(0));
    new PeopleContract(api).callAll();
    new LiveContract(api).callAll(users.get(0), users.get(1));
    new PlayContract(api).callAll();
    operator("GET", "/v1/operator/trial-balance").send().expect(200);
    operator("GET", "/v1/operator/degradation").send().expect(200);
    operator("PUT", "/v1/operator/degradation")
        .send(new JsonObject().put("modes", new JsonObject()).put("cause", "contract"))
        .expect(200);
    operator("POST", "/v1/sandbox/clock/advance")
        .send(new JsonObject().put("by_ms", 1))
        .expect(200);

    Set<String> missing =
        api.contract().operations().stream()
            .map(Operation::id)
            .filter(id -> !api.exercised().contains(id) && !STREAMS.contains(id))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), missing, "operations that no call here succeeded with");
  }

  private void keys() {
    JsonObject key =
        operator("POST", "/v1/operator/keys")
            .send(new JsonObject().put("name", "contract").put("role", "support"))
            .expect(201)
            .body();
    String path = "/v1/operator/keys/" + key.getString("id");
    operator("POST", path + "/rotate").send(new JsonObject().put("grace_s", 60)).expect(200);
    operator("GET", "/v1/operator/keys").send().expect(200);
    operator("GET", "/v1/operator/audit?limit=1").send().expect(200);
    operator("DELETE", path).send().expect(200);
  }

  private void events() {
    JsonObject event =
        operator("GET", "/v1/events?limit=1&wait_s=1")
            .send()
            .expect(200)
            .body()
            .getJsonArray("items")
            .getJsonObject(0);
    String url = "http://127.0.0.1:9/nobody";
    JsonObject webhook =
        operator("POST", "/v1/webhooks")
            .send(
                new JsonObject()
                    .put("url", url)
                    .put("types", new JsonArray().add("room.*"))
                    .put("description", "contract")
                    .put("after", "latest"))
            .expect(201)
            .body();
    String path = "/v1/webhooks/" + webhook.getString("id");
    operator("GET", "/v1/webhooks").send().expect(200);
    operator("GET", path).send().expect(200);
    operator("POST", path + "/rotate").send(new JsonObject().put("grace_s", 60)).expect(200);
    operator("POST", path + "/ping").send().expect(200);
    String cursor = event.getString("cursor");
    operator("POST", path + "/deliver").send(new JsonObject().put("cursor", cursor)).expect(200);
    operator("POST", path + "/replay").send(new JsonObject().put("after", cursor)).expect(200);
    operator("GET", path + "/deliveries").send().expect(200);
    operator("PATCH", path).send(new JsonObject().put("enabled", false)).expect(200);
    operator("DELETE", path).send().expect(200);
  }

  private void accounts() {
    JsonObject booked =
        operator("POST", "/v1/operator/top-ups")
            .key("c1")
            .send(
                new JsonObject()
                    .put("user_id", "10001")
                    .put("amount", Api.money(100))
                    .put("reason", "contract"))
            .expect(201)
            .body();
    operator("POST", "/v1/operator/reversals")
        .key("c2")
        .send(
            new JsonObject()
                .put("user_id", "10001")
                .put("transaction_id", booked.getString("id"))
                .put("reason", "contract"))
        .expect(201);
    operator("GET", "/v1/operator/accounts/10001").send().expect(200);
    String now = api.get("/v1/time").send().body().getString("now");
    JsonObject hold =
        operator("POST", "/v1/operator/holds")
            .key("c3")
            .send(
                new JsonObject()
                    .put("user_id", "10001")
                    .put("amount", Api.money(100))
                    .put("kind", "internal")
                    .put("expires_at", Instant.parse(now).plusSeconds(600).toString()))
            .expect(201)
            .body();
    String path = "/v1/operator/holds/" + hold.getString("id");
    JsonObject user = new JsonObject().put("user_id", "10001");
    operator("GET", path + "?user_id=10001").send().expect(200);
    operator("POST", path + "/post").key("c4").send(user.copy().put("amount", 40)).expect(200);
    operator("POST", path + "/release").key("c5").send(user).expect(200);
  }

  private void rooms() {
    operator("POST", "/v1/operator/rooms")
        .send(new JsonObject().put("room_id", "7").put("members", new JsonArray().add("10001")))
        .expect(201);
    operator("GET", "/v1/operator/rooms/7").send().expect(200);
    operator("POST", "/v1/operator/rooms/7/members")
        .send(new JsonObject().put("add", new JsonArray().add("10002").add("10003")))
        .expect(200);
  }

  private void packets(List<String> users) {
    JsonObject packet =
        Api.packet("lucky_fair", 100, 2, 7)
            .put("greeting", "contract")
            .put("cover", "dragon-2026")
            .put("nonce", "aGVsbG8");
    String path = "/v1/red-packets/" + api.send(users.get(0), packet).getString("id");
    api.post(path + "/grab").as(users.get(1)).send(new JsonObject()).expect(200);
    api.post(path + "/open").as(users.get(1)).send().expect(200);
    api.post(path + "/open").as(users.get(2)).send(new JsonObject()).expect(200);
    JsonObject batched =
        new JsonObject()
            .put("packet_id", path.substring("/v1/red-packets/".length()))
            .put("user_id", "10003");
    api.post("/v1/red-packets/opens")
        .as(api.keyOf("gateway", "packets:open"))
        .send(new JsonObject().put("items", new JsonArray().add(batched)))
        .expect(200);
    api.get(path + "?after_place=1").as(users.get(0)).send().expect(200);
    api.get(path + "/proof").as(users.get(0)).send().expect(200);
    api.get("/v1/accounts/me").as(users.get(0)).send().expect(200);
  }

  private void lists(String token) {
    for (String path :
        List.of(
            "/v1/red-packets/sent?year=2026&limit=1",
            "/v1/red-packets/sent/summary",
            "/v1/red-packets/received",
            "/v1/red-packets/received/summary?year=2026",
            "/v1/accounts/me/statement?asset=CNY&limit=200",
            "/v1/accounts/me/balance?asset=CNY")) {
      api.get(path).as(token).send().expect(200);
    }
  }

  private void providers(String token) throws Exception {
    operator("PUT", "/v1/sandbox/providers/sim/script")
        .send(new JsonObject().put("pay_after_ms", 60_000).put("notices", new JsonArray()))
        .expect(200);
    JsonObject order =
        api.send(
            token,
            Api.packet("equal", 20, 2, 7).put("pay_with", new JsonObject().put("provider", "sim")));
    long nowMs = Instant.parse(api.get("/v1/time").send().body().getString("now")).toEpochMilli();
    JsonObject notice =
        new JsonObject()
            .put("notice_id", "n-1")
            .put("provider", "sim")
            .put("order_id", order.getString("id"))
            .put("provider_txn", "sim-1")
            .put("amount", Api.money(20))
            .put("status", "paid")
            .put("paid_at", Instant.ofEpochMilli(nowMs).toString());
    byte[] body = notice.encode().getBytes(StandardCharsets.UTF_8);
    NoticeSigner signer = new NoticeSigner(server.providerSecret());
    for (int copy = 0; copy < 2; copy++) {
      api.post("/v1/providers/sim/notices")
          .header(NoticeSigner.HEADER, signer.sign(nowMs, body))
          .send(notice)
          .expect(200);
    }
    api.get("/v1/red-packets/" + order.getString("id")).as(token).send().expect(200);
  }

  @Test
  void everyPathTellsItsMethods() {
    for (Operation operation : api.contract().operations()) {
      String path = operation.path().replaceAll("\\{[^}]*}", "1");
      Api.Reply options = api.call("OPTIONS", path).send();
      assertEquals(204, options.status(), path);
      String allowed = String.valueOf(options.header("Allow"));
      assertTrue(
          List.of(allowed.split(", ")).contains(operation.verb().toUpperCase(Locale.ROOT)),
          () -> path + " allows " + allowed);
    }
  }

  @Test
  void thePagesAreThere() throws Exception {
    for (String path : DocsPages.load().paths()) {
      Api.Reply page = api.get(path).send();
      assertEquals(200, page.status(), path);
      String etag = String.valueOf(page.header("ETag"));
      assertEquals(304, api.get(path).header("If-None-Match", etag).send().status());
      assertEquals(200, api.call("HEAD", path).send().status());
      assertEquals(405, api.post(path).send().status());
    }
  }

  /** A route that is served but not described is a promise that nobody knows of. */
  @Test
  void everyServedRouteIsDescribed() {
    Set<String> described =
        api.contract().operations().stream()
            .map(o -> o.verb().toUpperCase(Locale.ROOT) + " " + o.path())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> served = new TreeSet<>(server.operations());
    Set<String> pages = DocsPages.load().paths();
    served.removeIf(route -> pages.contains(route.replaceAll("^(GET|HEAD) ", "")));
    // The protocol of a web player, which is described elsewhere.
    served.removeIf(route -> route.endsWith(" " + DplayerRoutes.PATH));

    assertEquals(described, served);
  }
}
