// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.live.LogEntry;
import io.hongbao.live.Moderation;
import io.hongbao.live.RoomChange;
import io.hongbao.live.RoomEntry;
import io.hongbao.live.RoomEntry.Chat;
import io.hongbao.live.RoomEntry.Gift;
import io.hongbao.live.RoomEntry.MoneyEvent;
import io.hongbao.live.RoomEntry.Notice;
import io.hongbao.live.RoomEntry.Position;
import io.hongbao.live.RoomEntry.Presence;
import io.hongbao.live.RoomEntry.Recall;
import io.hongbao.live.RoomHistory.Place;
import io.hongbao.live.RoomRules;
import io.hongbao.live.Sanction;
import io.hongbao.time.SystemTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoomStoreTest {

  private static final long ROOM = 7;

  @TempDir private Path directory;
  private RoomStore store;

  @BeforeEach
  void open() throws SQLException {
    String url = RoomStore.fileUrl(directory.resolve("rooms").toAbsolutePath().toString());
    store = RoomStore.open(url, 20, 1_000, new SystemTime());
  }

  @AfterEach
  void close() throws Exception {
    store.close(5_000);
  }

  private void reopen() throws Exception {
    close();
    open();
  }

  private static LogEntry entry(long epoch, long sequence, RoomEntry what) {
    return new LogEntry(epoch, sequence, 1_000 * epoch + sequence, what);
  }

  private static Chat chat(String text) {
    return new Chat(11, 2, "Lin", text, Position.TOP, 0x123456, 25, 12_500);
  }

  private static MoneyEvent money(int position) {
    return new MoneyEvent(
        "red_packet.opened", 3, position, 1, 99, 2, 500, "{\"place\":1}".getBytes(UTF_8));
  }

  private List<LogEntry> after(long epoch, long sequence) throws Exception {
    return store.after(ROOM, epoch, sequence, 100).get(5, TimeUnit.SECONDS);
  }

  private void written(int count) throws Exception {
    for (int i = 0; i < 5_000 && store.meters().rows() < count; i++) {
      Thread.sleep(1);
    }
    assertEquals(count, store.meters().rows());
  }

  @Test
  void everyKindOfEntryComesBackAsItWas() throws Exception {
    List<LogEntry> entries =
        List.of(
            entry(5, 1, chat("hello\tworld")),
            entry(5, 2, new Gift(12, 2, "Lin", "rose", "Rose", 3, 30)),
            entry(5, 3, new Presence(10, 2)),
            entry(5, 4, new Recall(4, 9, Recall.By.MODERATOR)),
            entry(5, 5, new Notice("slow_mode_on", "The room is full.")),
            entry(5, 6, money(8)));
    store.entries(ROOM, entries);
    written(6);

    List<LogEntry> found = after(5, 0);
    assertEquals(entries.subList(0, 5), found.subList(0, 5));
    MoneyEvent event = assertInstanceOf(MoneyEvent.class, found.get(5).entry());
    assertEquals("3:8:1", event.eventId());
    assertEquals(500, event.amountMinor());
    assertArrayEquals("{\"place\":1}".getBytes(UTF_8), event.json());
    assertEquals(entries.subList(2, 5), after(5, 2).subList(0, 3));
    assertEquals(0, store.meters().unsaved());
  }

  @Test
  void aStartHasALargerEpochAndFindsWhatWasWritten() throws Exception {
    long epoch = store.epoch();
    store.entries(ROOM, List.of(entry(epoch, 1, chat("kept"))));
    reopen();

    assertTrue(store.epoch() > epoch);
    assertEquals(1, after(epoch, 0).size());
  }

  /** Rooms are forgotten by later epochs; the clock may have gone back when it starts again. */
  @Test
  void aStartHasALargerEpochThanAnyThatBeganBefore() throws Exception {
    long later = store.epoch() + 3_600_000;
    store.save(new RoomChange.EpochBegun(later)).get(5, TimeUnit.SECONDS);
    reopen();

    assertEquals(later + 1, store.epoch());
  }

  @Test
  void aMessageThatWasTakenBackHasNoTextInHistory() throws Exception {
    store.entries(ROOM, List.of(entry(5, 1, chat("secret"))));
    store.entries(ROOM, List.of(entry(5, 2, new Recall(5, 1, Recall.By.AUTHOR))));
    written(2);

    assertTrue(((Chat) after(5, 0).getFirst().entry()).isRecalled());
    assertEquals(List.of(), store.newestChat(ROOM, 10).get(5, TimeUnit.SECONDS));
  }

  @Test
  void byTimeEachMoneyEventComesOnceThoughRestartsPutItBack() throws Exception {
    store.entries(ROOM, List.of(entry(5, 1, chat("a")), entry(5, 2, money(8))));
    reopen();
    store.entries(ROOM, List.of(entry(6, 1, money(8)), entry(6, 2, money(9))));
    written(2);

    List<LogEntry> all = store.between(ROOM, 0, Long.MAX_VALUE, null, 100).get(5, TimeUnit.SECONDS);
    assertEquals(List.of(5_001L, 5_002L, 6_002L), all.stream().map(LogEntry::atMs).toList());
    List<LogEntry> second =
        store.between(ROOM, 0, Long.MAX_VALUE, new Place(5_001, 5, 1), 1).get(5, TimeUnit.SECONDS);
    assertEquals(5_002, second.getFirst().atMs());
    assertEquals(1, store.between(ROOM, 6_000, 7_000, null, 100).get(5, TimeUnit.SECONDS).size());
    assertEquals(List.of(1L, 2L), after(6, 0).stream().map(LogEntry::sequence).toList());
  }

  // Many that are written together are few rows: pages end in the middle of those.
  @Test
  void pagesOfAStormHaveEveryEventOnceAndInOrder() throws Exception {
    List<LogEntry> storm = new ArrayList<>();
    for (int i = 1; i <= 3_000; i++) {
      storm.add(entry(5, i, i % 100 == 0 ? chat("x" + i) : money(i)));
    }
    store.entries(ROOM, storm);
    written(3_000);
    List<Long> all = storm.stream().map(LogEntry::sequence).toList();

    List<Long> bySequence = new ArrayList<>();
    List<Long> byTime = new ArrayList<>();
    for (int page = 0; page < 31; page++) {
      long last = bySequence.isEmpty() ? 0 : bySequence.getLast();
      after(5, last).forEach(entry -> bySequence.add(entry.sequence()));
      Place place =
          byTime.isEmpty() ? null : new Place(5_000 + byTime.getLast(), 5, byTime.getLast());
      store
          .between(ROOM, 0, Long.MAX_VALUE, place, 100)
          .get(5, TimeUnit.SECONDS)
          .forEach(entry -> byTime.add(entry.sequence()));
    }

    assertEquals(all, bySequence);
    assertEquals(all, byTime);
    assertEquals(
        List.of(5_999L, 6_000L, 6_001L),
        store.between(ROOM, 5_999, 6_002, null, 100).get(5, TimeUnit.SECONDS).stream()
            .map(LogEntry::atMs)
            .toList());
  }

  @Test
  void theSameEntryTwiceIsOne() throws Exception {
    store.entries(ROOM, List.of(entry(5, 1, chat("a")), entry(5, 1, chat("a"))));
    written(2);

    assertEquals(1, after(5, 0).size());
  }

  @Test
  void whatModeratorsDecidedSurvivesAStart() throws Exception {
    long laterMs = System.currentTimeMillis() + 60_000;
    List<RoomChange> changes =
        List.of(
            new RoomChange.RulesSet(ROOM, new RoomRules(true, false, true, 9)),
            new RoomChange.Sanctioned(
                ROOM, new Sanction(2, Sanction.Kind.MUTE, laterMs, 1, "spam")),
            new RoomChange.Sanctioned(ROOM, new Sanction(3, Sanction.Kind.BAN, laterMs, 1, "")),
            new RoomChange.Sanctioned(ROOM, new Sanction(2, Sanction.Kind.BAN, laterMs, 1, "x")),
            new RoomChange.Sanctioned(ROOM, new Sanction(4, Sanction.Kind.BAN, 1, 1, "over")),
            new RoomChange.SanctionLifted(ROOM, 3),
            new RoomChange.ModeratorsChanged(ROOM, List.of(1L, 9L), List.of()),
            new RoomChange.ModeratorsChanged(ROOM, List.of(), List.of(9L)),
            new RoomChange.FollowersChanged(8, List.of(5L, 6L), List.of()),
            new RoomChange.WordsChanged(List.of("one", "two"), List.of()),
            new RoomChange.WordsChanged(List.of(), List.of("one")));
    for (RoomChange change : changes) {
      store.save(change).get(5, TimeUnit.SECONDS);
    }
    reopen();

    Moderation room = store.moderations(System.currentTimeMillis()).get(ROOM);
    assertNotNull(room);
    assertEquals(new RoomRules(true, false, true, 9), room.rules());
    assertEquals(2, store.moderations(System.currentTimeMillis()).size());
    assertEquals(List.of("two"), store.words());
  }

  @Test
  void tooMuchThatWaitsIsToldSo() throws Exception {
    assertTrue(store.hasRoom());
    for (int i = 0; i < 10; i++) {
      int first = 1 + 200 * i;
      store.entries(
          ROOM,
          java.util.stream.IntStream.range(first, first + 200)
              .mapToObj(n -> entry(5, n, chat("x")))
              .toList());
    }
    assertFalse(store.meters().unsaved() >= 1_000 && store.hasRoom());
    written(2_000);
    assertTrue(store.hasRoom());
  }

  @Test
  void whatIsTooOldIsDeleted() throws Exception {
    store.entries(ROOM, List.of(entry(5, 1, chat("old")), entry(6, 1, chat("new"))));
    written(2);
    store.deleteBefore(6_000);

    for (int i = 0; i < 5_000 && !after(5, 0).isEmpty(); i++) {
      Thread.sleep(1);
    }
    assertEquals(List.of(), after(5, 0));
    assertEquals(1, after(6, 0).size());
  }

  /** The answer to a recall says that the text is gone from the disk, whatever happens then. */
  @Test
  void aTextThatIsTakenBackIsGoneWhenThatIsKept() throws Exception {
    store.entries(ROOM, List.of(entry(5, 1, chat("my address")), entry(5, 2, chat("hello"))));

    store.save(new RoomChange.Recalled(ROOM, 5, 1)).get(5, TimeUnit.SECONDS);

    List<LogEntry> found = after(5, 0);
    assertEquals(2, found.size(), "and nothing before it is lost");
    assertTrue(((Chat) found.get(0).entry()).isRecalled());
    assertEquals("hello", ((Chat) found.get(1).entry()).text());
  }

  @Test
  void itIsInTimeAsLongAsWhatIsNotDurableIsYoung() throws Exception {
    SystemTime time = new SystemTime();
    assertTrue(store.isInTime());

    store.entries(ROOM, List.of(new LogEntry(5, 1, time.nowMs() - 1_000, chat("old"))));
    boolean wasInTime = store.isInTime();
    written(1);

    assertFalse(wasInTime);
    assertTrue(store.isInTime());
    assertTrue(store.hasRoom());
  }

  /** Half of a change must not be committed with whatever comes next. */
  @Test
  void aChangeThatCannotBeKeptLeavesNothingBehind() throws Exception {
    var kept = store.save(new RoomChange.WordsChanged(List.of("good", "x".repeat(300)), List.of()));
    org.junit.jupiter.api.Assertions.assertThrows(
        java.util.concurrent.ExecutionException.class, () -> kept.get(5, TimeUnit.SECONDS));
    store.save(new RoomChange.WordsChanged(List.of("other"), List.of())).get(5, TimeUnit.SECONDS);

    assertEquals(List.of("other"), store.words());
  }

  /** A backup asks the server nothing: it copies the file while that is written. */
  @Test
  void aCopyThatIsTakenMeanwhileIsGoodAndHasWhatWasDecidedBefore() throws Exception {
    Path file = directory.resolve("rooms.mv.db");
    store
        .save(new RoomChange.Sanctioned(ROOM, new Sanction(9, Sanction.Kind.BAN, 1L << 50, 1, "")))
        .get(5, TimeUnit.SECONDS);
    for (int copy = 0; copy < 5; copy++) {
      for (int i = 0; i < 200; i++) {
        store.entries(ROOM, List.of(entry(5, 1 + 200 * copy + i, chat("x".repeat(500)))));
      }
      Path target = Files.createDirectories(directory.resolve("copy" + copy));
      Files.copy(file, target.resolve("rooms.mv.db"));

      RoomCopy.check(target.resolve("rooms.mv.db"));

      String url = RoomStore.fileUrl(target.resolve("rooms").toAbsolutePath().toString());
      RoomStore copied = RoomStore.open(url, 20, 1_000, new SystemTime());
      assertEquals(1, copied.moderations(0).size());
      copied.close(5_000);
    }
  }

  @Test
  void aCopyThatIsDamagedIsFoundSo() throws Exception {
    store.entries(ROOM, List.of(entry(5, 1, chat("hello"))));
    written(1);
    Path target = Files.createDirectories(directory.resolve("copy")).resolve("rooms.mv.db");
    byte[] bytes = Files.readAllBytes(directory.resolve("rooms.mv.db"));
    java.util.Arrays.fill(bytes, 0, bytes.length, (byte) 'x');
    Files.write(target, bytes);

    org.junit.jupiter.api.Assertions.assertThrows(
        java.io.IOException.class, () -> RoomCopy.check(target));
  }
}
