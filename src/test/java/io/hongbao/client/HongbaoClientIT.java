// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
package io.hongbao.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.http.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Java client against a server, through a door with faults; the clock is moved last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HongbaoClientIT {

  private static final long ROOM = 7_200;

  private static final Map<String, Object> PACKET =
      Map.of(
          "kind",
          "equal",
          "total",
          Map.of("asset", "CNY", "amount", 1_000),
          "count",
          2,
          "audience",
          Map.of("room_id", Long.toString(ROOM)));

  @TempDir static Path directory;

  private static TestServer server;
  private static FaultyProxy proxy;
  private static long nextUser = 63_001;

  @BeforeAll
  static void start() throws Exception {
    server = TestServer.sandbox(directory);
    proxy = new FaultyProxy(server.port());
    server.api().publicRoom(ROOM);
  }

  @AfterAll
  static void stop() throws Exception {
    proxy.close();
    server.close();
  }

  private static HongbaoClient direct() {
    return HongbaoClient.at("http://127.0.0.1:" + server.port() + "/");
  }

  private static HongbaoClient behindFaults(String plan) {
    return HongbaoClient.at(proxy.url()).withHeader("X-Fault", plan);
  }

  private static String userWithMoney() {
    return server.api().users(nextUser++, 1, 10_000).getFirst();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lose", "cut", "half", "junk", "busy", "cut,lose,half,junk,busy,lose"})
  void aSendThatMeetsFaultsIsCarriedOutOnce(String plan) throws Exception {
    String user = userWithMoney();
    String header = "java " + plan + ":" + plan;

    Reply sent = behindFaults(header).withToken(user).post("/v1/red-packets", PACKET);

    assertEquals(plan.split(",", -1).length + 1, proxy.requests(header));
    assertEquals(19, sent.text("id").length());
    assertEquals(plan.contains("lose") || plan.contains("half"), sent.isReplayed());
    assertEquals(9_000, server.api().balance(user));
  }

  @Test
  void aRefusalThatWouldStayIsToldAtOnce() {
    HongbaoClient me = behindFaults("java once:pass,cut").withToken(userWithMoney());
    Map<String, Object> rich =
        Map.of(
            "kind",
            "equal",
            "total",
            Map.of("asset", "CNY", "amount", 20_000),
            "count",
            2,
            "audience",
            Map.of("room_id", Long.toString(ROOM)));

    HongbaoException refused =
        assertThrows(HongbaoException.class, () -> me.post("/v1/red-packets", rich));

    assertEquals("insufficient_funds", refused.code());
    assertEquals(409, refused.status());
    assertFalse(refused.isTemporary() || refused.isUnknown());
    assertFalse(refused.requestId().isEmpty());
    assertEquals(1, proxy.requests("java once:pass,cut"));
  }

  @Test
  void whenNothingIsHeardTheKeyFindsOutLater() throws Exception {
    String user = userWithMoney();
    HongbaoClient deaf = behindFaults("java deaf:" + "lose,".repeat(50)).withToken(user);
    String key = deaf.newKey();

    assertThrows(
        IOException.class,
        () -> deaf.withPatience(Duration.ofMillis(200)).post("/v1/red-packets", PACKET, key));

    Reply found = direct().withToken(user).post("/v1/red-packets", PACKET, key);
    assertTrue(found.isReplayed());
    assertEquals(9_000, server.api().balance(user));
  }

  @Test
  void readsAnswersByPath() throws Exception {
    String user = userWithMoney();
    Reply sent = direct().withToken(user).post("/v1/red-packets", PACKET);
    Reply share =
        direct().withToken(userWithMoney()).post("/v1/red-packets/" + sent.text("id") + "/open");

    assertEquals(500, share.whole("amount.amount"));
    assertTrue(share.flag("first"));
    assertTrue(share.position().matches("\\d+:\\d+"));
    assertFalse(share.has("amount.nothing"));
    assertThrows(IllegalArgumentException.class, () -> share.text("amount"));
    Reply balances = direct().withToken(user).get("/v1/accounts/me");
    assertEquals("CNY", balances.items("balances").getFirst().get("asset"));
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void keysHaveTheTimeOfTheServer() throws Exception {
    direct()
        .withToken(server.api().operatorKey())
        .withHeader("Hongbao-Cause", "test")
        .post("/v1/sandbox/clock/advance", Map.of("by_ms", 4 * 86_400_000L));

    Reply sent = direct().withToken(userWithMoney()).post("/v1/red-packets", PACKET);

    assertEquals(19, sent.text("id").length());
  }
}
