// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.apikey.KeyDirectory;
import io.hongbao.config.Configuration;
import io.hongbao.config.Settings;
import io.hongbao.config.Source;
import io.hongbao.engine.Command;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.ReplyPort;
import io.hongbao.export.ExportProgress;
import io.hongbao.export.sql.H2Target;
import io.hongbao.export.sql.ReadModel;
import io.hongbao.http.rate.LocalRates;
import io.hongbao.model.EntityId;
import io.hongbao.model.RefusalCode;
import io.hongbao.password.PasswordCost;
import io.hongbao.password.PasswordHasher;
import io.hongbao.provider.VertxTimers;
import io.hongbao.provider.sms.LocalCodeBook;
import io.hongbao.provider.sms.SmsDesk;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketLimits;
import io.hongbao.redpacket.PacketOrder;
import io.hongbao.redpacket.PacketSpec;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketCommand.ReadOrder;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.hongbao.session.SessionDirectory;
import io.hongbao.session.TokenSmith;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One edge before an engine that answers as the test says, or not at all. */
class EdgeTest {

  private static final long USER = 10_001;
  private static final EngineShape SHAPE = new EngineShape(1, 10);

  private final SystemTime time = new SystemTime();
  private final Vertx vertx = Vertx.vertx();
  private final List<Command> heard = new CopyOnWriteArrayList<>();
  private volatile CommandDoor engine = (partition, command, port) -> {};
  private Edge edge;
  private Api api;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    Configuration configuration =
        Configuration.defaults(directory)
            .with(Settings.HTTP_PORT, "0", Source.FLAG, "test")
            .with(Settings.HTTP_SEND_DEADLINE, "50ms", Source.FLAG, "test");
    var parts =
        new EdgeParts(
            this::hear,
            SHAPE,
            configuration.http(),
            new AssetTable(configuration.assets()),
            PacketLimits.defaults(),
            500,
            ZoneOffset.UTC,
            time,
            new SecureRandomness(),
            (high, low, nowMs) -> USER,
            (room, user) -> true,
            new ReadModel(vertx, H2Target.memory(vertx, "edge"), new ExportProgress(10), () -> {}),
            OperatorKey.of("operator"),
            new KeyDirectory(),
            SandboxDoor.CLOSED,
            Map.of(),
            people(),
            new ConnectionLimit(100),
            new LocalRates(configuration.http().rates()),
            null,
            DocsPages.of(ContractDocument.of(withAnEnding())),
            EdgeEvents.none(configuration, time),
            LadderDoor.OPEN,
            new PlayParts(PlayDoor.CLOSED, new PlayBoard()),
            EdgeLive.none(time),
            EdgeGateway.none(time));
    var port = new CompletableFuture<Integer>();
    vertx.runOnContext(
        ignored -> {
          edge = new Edge(parts);
          edge.listen(vertx)
              .onSuccess(server -> port.complete(server.actualPort()))
              .onFailure(port::completeExceptionally);
        });
    api = new Api(port.get(10, TimeUnit.SECONDS), "operator");
  }

  private PeopleParts people() {
    var limits = new LocalCodeBook.Limits(1, 1, 1, 1, 1, 1);
    return new PeopleParts(
        new SessionDirectory(),
        new TokenSmith(new byte[] {1}),
        new HandleHasher(new byte[] {1}),
        new PasswordHasher(new PasswordCost(8, 1, 1), 1, 1, new SecureRandomness(), time),
        new LocalCodeBook(limits, new SecureRandomness()),
        new SmsDesk(null, new VertxTimers(vertx)),
        null,
        new PeopleMeters());
  }

  // The contract as it is, but for one operation that will go away.
  private static byte[] withAnEnding() {
    String id = "operationId: getTime\n";
    String ending =
        """
              deprecated: true
              x-deprecated-since: '2026-03-01'
              x-sunset: '2027-03-01'
        """;
    return new String(ContractDocument.load().yaml(), UTF_8)
        .replace(id, id + ending)
        .getBytes(UTF_8);
  }

  @Test
  void anOperationThatWillGoAwaySaysSo() {
    Api.Reply time = api.get("/v1/time").send().expect(200);
    Api.Reply assets = api.get("/v1/assets").send().expect(200);

    assertEquals("@1772323200", time.header("Deprecation"));
    assertEquals("Mon, 1 Mar 2027 00:00:00 GMT", time.header("Sunset"));
    assertTrue(String.valueOf(time.header("Link")).contains("/docs#getTime"));
    assertNull(assets.header("Deprecation"));
    assertNull(assets.header("Sunset"));
  }

  private void hear(int partition, Command command, ReplyPort port) {
    heard.add(command);
    engine.submit(partition, command, port);
  }

  @AfterEach
  void stop() throws Exception {
    api.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private Api.Reply send() {
    return api.post("/v1/red-packets").as("user").key("k").send(Api.packet("lucky", 100, 3, 7));
  }

  private Api.Reply me() {
    return api.get("/v1/accounts/me").as("user").send();
  }

  @Test
  void aSendThatIsDecidedAndNotConfirmedInTimeIsAnswered202() {
    long packetId = EntityId.of(1, EntityId.dayOf(time.nowMs()), 1, 1, 5);
    engine =
        (partition, command, port) -> {
          if (command instanceof SendPacket send) {
            port.deliver(sending(packetId, send.terms()), 17, false);
          }
        };

    Api.Reply reply = send().expect(202);

    assertEquals("sending", reply.body().getString("state"));
    assertEquals(Long.toString(packetId), reply.body().getString("id"));
    assertNotNull(reply.body().getString("claim_code"));
    assertEquals("1:17", reply.header("Hongbao-Position"));
    assertTrue(heard.getLast() instanceof ReadOrder read && read.untilCreated());
  }

  private OrderShown sending(long packetId, PacketTerms terms) {
    long nowMs = time.nowMs();
    var spec =
        new PacketSpec(
            packetId,
            USER,
            new PacketTerms(
                PacketKind.LUCKY_LIVE,
                GrabMode.RESERVE,
                terms.asset(),
                terms.totalMinor(),
                terms.count(),
                terms.roomId(),
                0,
                SenderNonce.NONE,
                "",
                ""),
            nowMs,
            nowMs + PacketSpec.LIFETIME_MS,
            1,
            2,
            new DrawSeed(1, 2, 3, 4));
    var order =
        new PacketOrder(
            packetId, USER, terms.asset(), PacketOrder.State.SENDING, null, "", 0, "", 0, 17);
    return new OrderShown(order, spec);
  }

  @Test
  void aBugIsAnsweredWithItsRequestIdAndNothingElse() {
    engine =
        (partition, command, port) -> {
          throw new IllegalStateException("secret");
        };

    Api.Reply reply = me().expect(500, "internal_error");

    assertEquals(reply.header("X-Request-Id"), reply.body().getString("request_id"));
    assertTrue(!reply.body().encode().contains("secret"));
    assertEquals(0, edge.underWay());
  }

  @Test
  void anAnswerOfTheWrongKindIsABugOfOurs() {
    engine = (partition, command, port) -> port.deliver(sending(1, terms()), 0, false);

    me().expect(500, "internal_error");
  }

  private static PacketTerms terms() {
    return new PacketTerms(
        PacketKind.EQUAL, GrabMode.CLASSIC, 1, 1, 1, 1, 0, SenderNonce.NONE, "", "");
  }

  @Test
  void overloadSaysWhenToComeBack() {
    engine =
        (partition, command, port) ->
            port.deliver(new Refusal(RefusalCode.OVERLOADED, 1_200), 0, false);

    Api.Reply reply = me().expect(503, "overloaded");

    assertEquals("2", reply.header("Retry-After"));
    assertEquals(1_200, reply.body().getLong("retry_after_ms"));
    assertEquals(1, edge.meters().refusals(RefusalCode.OVERLOADED));
  }

  @Test
  void twoAnswersAreOne() {
    engine =
        (partition, command, port) -> {
          port.deliver(Refusal.of(RefusalCode.INSUFFICIENT_FUNDS), 0, false);
          port.deliver(Refusal.of(RefusalCode.OVERLOADED), 0, false);
        };

    send().expect(409, "insufficient_funds");
    send().expect(409, "insufficient_funds");
  }

  @Test
  void whoeverLeavesBeforeTheAnswerIsForgotten() throws Exception {
    var ports = new CopyOnWriteArrayList<ReplyPort>();
    engine = (partition, command, port) -> ports.add(port);
    RawClient client = new RawClient(api.port());
    client.write("GET /v1/accounts/me HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer u\r\n\r\n");
    until(() -> ports.size() == 1);

    client.abort();
    LockSupport.parkNanos(50_000_000);
    vertx.runOnContext(
        ignored -> ports.getFirst().deliver(Refusal.of(RefusalCode.NOT_FOUND), 0, false));

    until(() -> edge.underWay() == 0);
    engine = (p, command, port) -> port.deliver(Refusal.of(RefusalCode.NOT_FOUND), 0, false);
    assertEquals(404, api.get("/v1/red-packets/1").as("user").send().status());
  }

  private static void until(java.util.function.BooleanSupplier condition) {
    for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(10_000_000);
    }
    assertTrue(condition.getAsBoolean(), "came true in time");
  }

  @Test
  void aReadModelThatIsDownIsNeverTakenForNotFound() {
    engine = (p, command, port) -> port.deliver(Refusal.of(RefusalCode.NOT_FOUND), 0, false);
    int today = EntityId.dayOf(time.nowMs());
    long young = EntityId.of(1, today, 7, 1, 5);
    long old = EntityId.of(1, today - 10, 7, 1, 5);

    for (String path : List.of("", "/proof")) {
      api.get("/v1/red-packets/" + young + path).as("user").send().expect(404, "not_found");
      api.get("/v1/red-packets/" + old + path)
          .as("user")
          .send()
          .expect(503, "read_model_unavailable");
    }
    api.open("user", Long.toString(young)).expect(404, "not_found");
    api.open("user", Long.toString(old)).expect(503, "read_model_unavailable");
    api.get("/v1/red-packets/sent").as("user").send().expect(503, "read_model_unavailable");
  }

  @Test
  void guessedIdsDoNotReachTheEngine() {
    int today = EntityId.dayOf(time.nowMs());
    for (long id :
        new long[] {
          EntityId.of(2, today, 7, 1, 5),
          EntityId.of(1, today + 9, 7, 1, 5),
          EntityId.of(1, today, 10, 1, 5),
          1
        }) {
      api.open("user", Long.toString(id)).expect(404, "not_found");
    }

    assertEquals(List.of(), heard);
  }

  @Test
  void aServerThatStopsTakesNothingNew() {
    edge.drain();

    Api.Reply reply = me().expect(503, "shutting_down");

    assertEquals("close", reply.header("Connection"));
    assertEquals(List.of(), heard);
  }

  @Test
  void theClientsRequestIdIsKeptWhenItIsSane() {
    assertEquals(
        "abc-1.2_Z",
        api.get("/v1/time").header("X-Request-Id", "abc-1.2_Z").send().header("X-Request-Id"));
    String own =
        String.valueOf(
            api.get("/v1/time").header("X-Request-Id", "a b").send().header("X-Request-Id"));
    assertTrue(own.matches("[0-9a-f]{8}-[0-9a-f]+"), own);
  }

  @Test
  void whatIsServedIsFoundByRouterAndHotRoutesAlike() {
    assertTrue(edge.operations().contains("POST /v1/red-packets/{packet_id}/open"));
    engine = (p, command, port) -> port.deliver(Refusal.of(RefusalCode.EMPTY), 0, false);
    String id = Long.toString(EntityId.of(1, EntityId.dayOf(time.nowMs()), 7, 1, 5));
    // The second form has an escaped digit, which only the router understands.
    String escaped = "%31" + id.substring(1);

    JsonObject hot = api.open("user", id).expect(410, "empty").body();
    JsonObject routed = api.open("user", escaped).expect(410, "empty").body();

    assertEquals(hot.getString("detail"), routed.getString("detail"));
  }

  /** Vert.x does not know of what is answered past it, and would close under it. */
  @Test
  void aDirectRequestIsAnsweredBeforeThePortCloses() throws Exception {
    CompletableFuture<ReplyPort> asked = new CompletableFuture<>();
    engine = (partition, command, port) -> asked.complete(port);
    String id = Long.toString(EntityId.of(1, EntityId.dayOf(time.nowMs()), 1, 1, 5));
    try (RawClient client = new RawClient(api.port())) {
      client.write(
          RawClient.request(
              "POST",
              "/v1/red-packets/" + id + "/open",
              "Authorization: Bearer user\r\n",
              new byte[0]));
      ReplyPort port = asked.get(10, TimeUnit.SECONDS);
      assertEquals(1, edge.meters().direct());

      var stopped = edge.stop(10_000);
      vertx.setTimer(100, ignored -> port.deliver(Refusal.of(RefusalCode.EMPTY), 0, false));

      assertEquals(410, client.read().status());
      stopped.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }
}
