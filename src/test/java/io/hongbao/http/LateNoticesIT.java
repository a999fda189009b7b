// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.provider.pay.NoticeSigner;
import io.hongbao.redpacket.codec.MessageHeaderEncoder;
import io.hongbao.redpacket.codec.OrderEvictedEncoder;
import io.hongbao.redpacket.codec.StrayPaymentEvictedEncoder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A provider's notice that comes when its order has long left memory: given back in full, once,
 * whatever is repeated, forgotten or started again in between.
 */
class LateNoticesIT {

  private static final long ROOM = 88_101;
  private static final long DAY_MS = 86_400_000;
  private static final long PAYER = 20_101;
  private static final int TOTAL = 20;

  private final MessageHeaderEncoder header = new MessageHeaderEncoder();
  private TestServer server;
  private Api api;

  private void advance(long byMs) {
    api.post("/v1/sandbox/clock/advance")
        .as(api.operatorKey())
        .send(new JsonObject().put("by_ms", byMs))
        .expect(200);
  }

  private static void until(BooleanSupplier condition) {
    for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
      LockSupport.parkNanos(20_000_000);
    }
    assertTrue(condition.getAsBoolean(), "came true in time");
  }

  private JsonObject notice(String orderId, String payment, long amount) {
    return new JsonObject()
        .put("notice_id", "n-" + payment)
        .put("provider", "sim")
        .put("order_id", orderId)
        .put("provider_txn", payment)
        .put("amount", Api.money(amount))
        .put("status", "paid")
        .put("paid_at", "2026-01-31T08:00:00Z");
  }

  private String signature(JsonObject notice) {
    long nowMs = Instant.parse(api.get("/v1/time").send().body().getString("now")).toEpochMilli();
    return new NoticeSigner(server.providerSecret())
        .sign(nowMs, notice.encode().getBytes(StandardCharsets.UTF_8));
  }

  private Api.Reply bring(JsonObject notice) {
    return bring(notice, signature(notice));
  }

  private Api.Reply bring(JsonObject notice, String signature) {
    return api.post("/v1/providers/sim/notices")
        .header(NoticeSigner.HEADER, signature)
        .send(notice);
  }

  /** What the feed tells of one packet and that kind of event. */
  private List<JsonObject> events(String packetId, String type) {
    List<JsonObject> found = new ArrayList<>();
    String after = "";
    JsonArray items;
    do {
      JsonObject page =
          api.get("/v1/events?limit=1000&types=" + type + after)
              .as(api.operatorKey())
              .send()
              .expect(200)
              .body();
      items = page.getJsonArray("items");
      for (int i = 0; i < items.size(); i++) {
        JsonObject data = items.getJsonObject(i).getJsonObject("data");
        if (data.getString("packet_id").equals(packetId)) {
          found.add(data);
        }
      }
      after = "&after=" + page.getString("next_cursor");
    } while (!items.isEmpty());
    return found;
  }

  private JsonObject event(String packetId, String type) {
    return events(packetId, type).getFirst();
  }

  private int suspended() {
    return api.get("/v1/operator/suspense")
        .as(api.operatorKey())
        .send()
        .expect(200)
        .body()
        .getJsonArray("items")
        .size();
  }

  private void awaitReadModel(String token) {
    JsonArray partitions = api.trialBalance().getJsonArray("partitions");
    for (int i = 0; i < partitions.size(); i++) {
      String position = partitions.getJsonObject(i).getString("position");
      api.get("/v1/red-packets/sent?min_position=" + position).as(token).send().expect(200);
    }
  }

  private void serve(Path directory) throws Exception {
    server = TestServer.sandbox(directory);
    api = server.api();
  }

  @Test
  void isGivenBackInFullOnceHoweverLate(@TempDir Path directory) throws Exception {
    serve(directory);
    try {
      String payer = api.users(PAYER, 1, 1_000).getFirst();
      String id = order(payer);
      until(() -> state(payer, id).equals("open"));
      String paidBy = event(id, "red_packet.paid").getString("payment_id");

      // The packet expires, its money is back, and three days later order and packet are gone.
      advance(DAY_MS);
      until(() -> api.balance(payer) == 1_000 + TOTAL);
      awaitReadModel(payer);
      advance(4 * DAY_MS);
      UnsafeBuffer orderGone = new UnsafeBuffer(new byte[16]);
      new OrderEvictedEncoder().wrapAndApplyHeader(orderGone, 0, header).packetId(id(id));
      until(() -> isLogged(directory, orderGone));

      bring(notice(id, paidBy, TOTAL)).expect(200);
      assertEquals(0, events(id, "red_packet.stray_payment").size(), "a copy of what paid it");
      refusesWhatIsForged(id);

      bring(notice(id, "second", TOTAL)).expect(200);
      until(() -> events(id, "red_packet.stray_payment_refunded").size() == 1);
      bring(notice(id, "second", TOTAL)).expect(200);

      String gift = gift(payer, 5).expect(201).body().getString("id");

      // After a start from snapshots, and when the payment has left memory too.
      server.close();
      serve(directory);
      assertEquals(gift, gift(payer, 5).expect(201).body().getString("id"), "a key's own answer");
      gift(payer, 6).expect(409, "key_reused");
      bring(notice(id, "second", TOTAL)).expect(200);
      awaitReadModel(payer);
      advance(4 * DAY_MS);
      UnsafeBuffer paymentGone = new UnsafeBuffer(new byte[24]);
      new StrayPaymentEvictedEncoder()
          .wrapAndApplyHeader(paymentGone, 0, header)
          .packetId(id(id))
          .refundId(id(event(id, "red_packet.stray_payment").getString("refund_id")));
      until(() -> isLogged(directory, paymentGone));
      bring(notice(id, "second", TOTAL)).expect(200);
      bring(notice(id, paidBy, TOTAL)).expect(200);

      assertEquals(1, events(id, "red_packet.stray_payment").size());
      assertEquals(1, events(id, "red_packet.stray_payment_refunded").size());
      assertTrue(api.trialBalance().getBoolean("balanced"));
      until(() -> api.balance(payer) == 1_000 + TOTAL);
    } finally {
      server.close();
    }
  }

  /** A packet that the simulated provider's customer pays and says so once. */
  private String order(String payer) {
    api.publicRoom(ROOM);
    api.call("PUT", "/v1/sandbox/providers/sim/script")
        .as(api.operatorKey())
        .send(
            new JsonObject()
                .put("pay_after_ms", 1)
                .put("notices", new JsonArray().add(new JsonObject().put("after_ms", 1))))
        .expect(200);
    JsonObject packet = Api.packet("equal", TOTAL, 2, ROOM);
    packet.put("pay_with", new JsonObject().put("provider", "sim"));
    return api.send(payer, packet).getString("id");
  }

  private Api.Reply gift(String payer, long total) {
    return api.post("/v1/red-packets")
        .as(payer)
        .key("one key, one body")
        .send(Api.packet("equal", total, 1, ROOM));
  }

  private void refusesWhatIsForged(String id) {
    JsonObject told = notice(id, "forged", TOTAL);
    String signature = signature(told);
    bring(told.copy().put("amount", Api.money(TOTAL + 1)), signature).expect(401, "notice_forged");
    bring(told, signature.replaceAll("v1=.{4}", "v1=0000")).expect(401, "notice_forged");
    long never = Long.parseLong(id) - 1_000;
    bring(notice(Long.toString(never), "forged", TOTAL)).expect(409, "notice_mismatch");
    bring(notice(id, "nothing", 0)).expect(409, "notice_mismatch");
    assertEquals(0, events(id, "red_packet.stray_payment").size());
    assertEquals(0, suspended());
  }

  private String state(String token, String id) {
    return api.get("/v1/red-packets/" + id).as(token).send().expect(200).body().getString("state");
  }

  private static long id(String text) {
    return Long.parseLong(text);
  }

  /**
   * Whether these bytes stand in the log. No answer tells what has left memory, which is the point
   * of it; so the eviction is looked for where it is written.
   */
  private static boolean isLogged(Path directory, UnsafeBuffer event) {
    try (Stream<Path> files = Files.list(directory.resolve("data/journal"))) {
      for (Path file : files.toList()) {
        if (contains(Files.readAllBytes(file), event.byteArray())) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean contains(byte[] bytes, byte[] wanted) {
    for (int at = 0; at + wanted.length <= bytes.length; at++) {
      if (bytes[at] == wanted[0]
          && Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
        return true;
      }
    }
    return false;
  }
}
