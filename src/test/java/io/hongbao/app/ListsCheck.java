// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.app.Book.Keyed;
import io.hongbao.app.Book.Packet;
import io.hongbao.app.HttpCalls.Reply;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Holds the lists of the read model against what was answered, entry by entry. */
final class ListsCheck {

  private static final int PATIENCE_MS = 30_000;
  private static final int STEP_MS = 100;

  private final Book book;
  private final HttpCalls calls;

  ListsCheck(Book book, HttpCalls calls) {
    this.book = book;
    this.calls = calls;
  }

  /** All three lists of all users, as soon as the read model has caught up; tells how long. */
  long run() throws Exception {
    Map<Long, List<String>> expected = new TreeMap<>();
    for (long userId : book.users()) {
      expected.put(userId, expected(userId));
    }
    Map<Long, List<String>> shown = new TreeMap<>();
    long startNanos = System.nanoTime();
    for (int waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += STEP_MS) {
      for (long userId : book.users()) {
        List<String> wanted = expected.get(userId);
        if (!wanted.equals(shown.get(userId))) {
          shown.put(userId, shown(userId));
        }
      }
      if (shown.equals(expected)) {
        return (System.nanoTime() - startNanos) / 1_000_000;
      }
      TimeUnit.MILLISECONDS.sleep(STEP_MS);
    }
    for (long userId : book.users()) {
      assertEquals(
          String.join("\n", expected.get(userId)),
          String.join("\n", shown.get(userId)),
          () -> "lists of user " + userId);
    }
    return PATIENCE_MS;
  }

  private List<String> expected(long userId) {
    List<String> lines = new ArrayList<>();
    for (Packet packet : book.packets()) {
      if (packet.senderId() == userId) {
        Map<Long, Book.Share> shares = book.sharesOf(packet.id());
        long openedMinor = shares.values().stream().mapToLong(Book.Share::amountMinor).sum();
        lines.add(
            "sent %s %d/%d opened %d/%d"
                .formatted(
                    packet.id(), packet.totalMinor(), packet.count(), openedMinor, shares.size()));
      }
    }
    book.sharesOfUser(userId)
        .forEach(
            (packetId, share) -> {
              lines.add(
                  "received %s place %d amount %d"
                      .formatted(packetId, share.place(), share.amountMinor()));
              lines.add(entry("red_packet_received", share.amountMinor(), packetId));
            });
    lines.add(entry("top_up", book.fundMinor(), ""));
    for (Keyed call : book.acceptedOf(userId)) {
      lines.add(
          call.isSend()
              ? entry("red_packet_sent", -call.amountMinor(), book.idOf(call))
              : entry("top_up", call.amountMinor(), ""));
    }
    return lines.stream().sorted().toList();
  }

  private static String entry(String kind, long amountMinor, String packetId) {
    return "entry %s %d %s".formatted(kind, amountMinor, packetId);
  }

  private List<String> shown(long userId) throws Exception {
    List<String> lines = new ArrayList<>();
    page(
        userId,
        "/v1/red-packets/sent?limit=200",
        lines,
        item ->
            "sent %s %d/%d opened %d/%d"
                .formatted(
                    item.getString("id"),
                    amount(item, "total"),
                    item.getInteger("count"),
                    amount(item, "opened_amount"),
                    item.getInteger("opened_count")));
    page(
        userId,
        "/v1/red-packets/received?limit=200",
        lines,
        item ->
            "received %s place %d amount %d"
                .formatted(
                    item.getString("packet_id"), item.getInteger("place"), amount(item, "amount")));
    page(
        userId,
        "/v1/accounts/me/statement?asset=CNY&limit=200",
        lines,
        item -> {
          boolean isTopUp = item.getString("kind").equals("top_up");
          String id = isTopUp ? "" : item.getJsonObject("ref").getString("id");
          return entry(item.getString("kind"), item.getLong("amount"), id);
        });
    return lines.stream().sorted().toList();
  }

  private static long amount(JsonObject item, String name) {
    return item.getJsonObject(name).getLong("amount");
  }

  private void page(
      long userId, String path, List<String> lines, Function<JsonObject, String> asLine)
      throws Exception {
    String cursor = "";
    while (cursor != null) {
      Reply reply =
          calls.get(path + (cursor.isEmpty() ? "" : "&cursor=" + cursor), book.token(userId));
      if (reply.status() == 503) {
        // Being rebuilt: says so, and is asked again.
        lines.add(path + " " + reply.code());
        return;
      }
      JsonArray items = reply.expect(200).body().getJsonArray("items");
      for (int i = 0; i < items.size(); i++) {
        lines.add(asLine.apply(items.getJsonObject(i)));
      }
      cursor = reply.body().getString("next_cursor");
    }
  }
}
