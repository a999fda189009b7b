// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.http.EntryJson;
import io.hongbao.http.JsonWriter;
import io.hongbao.live.LogEntry;
import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonItemsTest {

  private static final long EPOCH = 1_763_800_000_000L;

  private static final List<RoomEntry> ALL_KINDS =
      List.of(
          new Chat(9, 7, "Wei \"\n", "世界 😀 </script>", Position.TOP, 0x00a1ff, 18, 1_500),
          new Chat(9, 7, "Wei", "ordinary", Position.SCROLL, 0xffffff, 25, -1),
          new Chat(9, 7, "Wei", "", Position.SCROLL, 0xffffff, 25, -1),
          new Gift(10, 7, "Wei", "rose", "Rose", 3, 300),
          new Presence(12, 3),
          new Recall(EPOCH, 41, Recall.By.MODERATOR),
          new Recall(EPOCH - 1, 41, Recall.By.AUTHOR),
          new MoneyEvent(
              "red_packet.empty",
              3,
              17,
              1,
              5,
              0,
              0,
              "{\"packet_id\":\"5\"}".getBytes(StandardCharsets.UTF_8)),
          new Notice("slow_mode_on", "The room is full."));

  /** One vocabulary: a client reads an item and an entry of the history with the same code. */
  @Test
  void anItemSaysOfAnEntryWhatHttpSaysExceptWhatIsOrdinary() {
    for (RoomEntry kind : ALL_KINDS) {
      LogEntry entry = new LogEntry(EPOCH, 42, EPOCH + 500, kind);
      JsonBytes bytes = new JsonBytes().reset();
      JsonItems.write(bytes, 1001, Moment.of(List.of(entry), Density.FULL));
      JsonObject item =
          new JsonObject(new String(bytes.copy(), StandardCharsets.UTF_8))
              .getJsonArray("items")
              .getJsonObject(0);
      JsonWriter writer = new JsonWriter().reset();
      EntryJson.write(writer, entry);
      JsonObject http = new JsonObject(writer.toBuffer());

      if (kind instanceof Chat chat && !chat.isRecalled()) {
        withOrdinary(item, "position", "scroll");
        withOrdinary(item, "colour", "#ffffff");
        withOrdinary(item, "size", 25);
      }

      assertEquals(http, item);
    }
  }

  private static void withOrdinary(JsonObject item, String name, Object value) {
    if (!item.containsKey(name)) {
      item.put(name, value);
    }
  }
}
