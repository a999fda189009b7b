// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.EngineCodec;
import io.hongbao.engine.EngineEvent.KeysDropped;
import io.hongbao.export.FakeSource;
import io.hongbao.export.FakeSource.Part;
import io.hongbao.export.ManualTime;
import io.hongbao.feed.type.EngineFeed;
import io.hongbao.feed.type.RoomFeed;
import io.hongbao.room.RoomCodec;
import io.hongbao.room.RoomEvent.MembersChanged;
import io.hongbao.room.RoomEvent.RoomOpened;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The feed over a journal in memory, in one thread. */
class FeedTest {

  private static final PageSize SMALL = new PageSize(7, 1 << 20);
  private static final FeedLimits LIMITS = new FeedLimits(16, 1 << 20, 1, 4, 8, 10_000);

  private final FakeSource source = new FakeSource(4);
  private final ManualTime time = new ManualTime();
  private final RoomCodec rooms = new RoomCodec();
  private final EngineCodec engine = new EngineCodec();
  private final List<String> expected = new ArrayList<>();
  private final Feed feed = feed(source);
  private int told;

  private Feed feed(FakeSource of) {
    return new Feed(
        of,
        () -> List.of(new EngineFeed(), new RoomFeed()),
        () -> (stamped, family, event) -> bytes(stamped.type().name() + " " + stamped.id()),
        LIMITS,
        Runnable::run,
        time);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // A record with hidden events around the shown ones.
  private void append(int partition, int shown) {
    List<Part> parts = new ArrayList<>();
    parts.add(new Part(engine, new KeysDropped(1)));
    for (int i = 0; i < shown; i++) {
      parts.add(
          i % 2 == 0
              ? new Part(rooms, new RoomOpened(7, true))
              : new Part(rooms, new MembersChanged(7, List.of(1L), List.of())));
    }
    parts.add(new Part(engine, new KeysDropped(1)));
    long sequence = source.append(partition, time.nowMs(), parts.toArray(Part[]::new));
    for (int i = 0; i < shown; i++) {
      String type = i % 2 == 0 ? "room.opened" : "room.members_changed";
      expected.add(type + " " + partition + ":" + sequence + ":" + (i + 1));
    }
  }

  private void fill(int records) {
    for (int i = 0; i < records; i++) {
      append(i % 4, i % 4);
      if (i % 9 == 0) {
        source.mark();
      }
    }
  }

  private static List<String> texts(FeedPage page) {
    return page.events().stream()
        .map(event -> new String(event.json(), StandardCharsets.UTF_8))
        .toList();
  }

  private FeedPage fromFiles(FeedPlace place) throws Exception {
    return feed.fromFiles(place, feed.catalog().everything(), SMALL).get();
  }

  private @Nullable FeedPage fromMemory(FeedPlace place, boolean isForeign) {
    return feed.fromMemory(place, isForeign, feed.catalog().everything(), SMALL);
  }

  @Test
  void pagesOfAnySizeAddUpToTheWholeLog() throws Exception {
    fill(60);
    List<String> seen = new ArrayList<>();
    FeedPlace place = FeedPlace.START;
    FeedPage page;
    do {
      page = fromFiles(place);
      assertTrue(page.events().size() <= 7);
      seen.addAll(texts(page));
      place = page.next();
    } while (!page.isAtEnd());

    assertEquals(expected, seen);
    assertEquals(1, feed.meters().readersOpened(), "whoever reads on needs no new reader");
  }

  @Test
  void goesOnBehindEveryEventByItsCursorAlone() throws Exception {
    fill(40);
    FeedPage all =
        feed.fromFiles(FeedPlace.START, feed.catalog().everything(), new PageSize(1000, 1 << 20))
            .get();
    assertEquals(expected, texts(all));

    for (int i = 0; i < all.events().size(); i++) {
      FeedPlace cursor = FeedPlace.parse(all.events().get(i).place().text());
      assertNotNull(cursor);
      // Another process, which knows nothing of the first.
      FeedPage rest =
          feed(source)
              .fromFiles(cursor, feed.catalog().everything(), new PageSize(1000, 1 << 20))
              .get();
      assertEquals(expected.subList(i + 1, expected.size()), texts(rest));
    }
  }

  @Test
  void filtersByNameAndByPrefix() throws Exception {
    fill(40);
    TypeFilter opened = feed.catalog().filter(List.of("room.opened"));
    assertNotNull(opened);
    FeedPage page = feed.fromFiles(FeedPlace.START, opened, new PageSize(1000, 1 << 20)).get();

    assertEquals(expected.stream().filter(t -> t.startsWith("room.opened")).toList(), texts(page));
    assertEquals(feed.catalog().everything(), feed.catalog().filter(List.of("room.*")));
    assertEquals(feed.catalog().everything(), feed.catalog().filter(List.of("*")));
    assertNull(feed.catalog().filter(List.of("room")));
    assertNull(feed.catalog().filter(List.of("room.opened", "packet.*")));
    assertNull(feed.catalog().filter(List.of("")));
  }

  @Test
  void aFilterThatFitsNothingStillMovesOn() throws Exception {
    append(0, 0);
    append(1, 0);
    FeedPage page = fromFiles(FeedPlace.START);

    assertTrue(page.events().isEmpty());
    assertTrue(page.isAtEnd());
    append(2, 1);
    assertEquals(expected, texts(fromFiles(page.next())));
  }

  @Test
  void refusesACursorOfAnotherLog() throws Exception {
    fill(20);
    FeedPlace end = fromFiles(FeedPlace.START).next();
    // Restored from a copy that ends earlier; life went another way since.
    FakeSource restored = source.firstRecords(1);
    Feed other = feed(restored);
    assertUnknown(other, end);
    for (int i = 0; i < 30; i++) {
      time.advanceMs(1);
      restored.append(i % 4, time.nowMs(), new Part(rooms, new RoomOpened(8, false)));
    }

    assertUnknown(other, end);
    assertUnknown(feed, FeedPlace.before(1 << 30));
    assertNull(FeedPlace.parse("e1.0.0000000000000001"));
    assertNull(FeedPlace.parse("e01.0.0000000000000000"));
    assertNull(FeedPlace.parse("latest"));
  }

  private static void assertUnknown(Feed feed, FeedPlace place) {
    var refused =
        assertThrows(
            ExecutionException.class,
            () -> feed.fromFiles(place, feed.catalog().everything(), SMALL).get());
    assertInstanceOf(CursorUnknownException.class, refused.getCause());
  }

  @Test
  void theTailIsMadeOnceForAllWhoWait() throws Exception {
    fill(10);
    FeedPlace end = fromFiles(FeedPlace.START).next();
    while (!fromFiles(end).isAtEnd()) {
      end = fromFiles(end).next();
    }
    end = fromFiles(end).next();
    int before = expected.size();
    assertNull(fromMemory(end, false), "nobody wanted the tail before");
    feed.listen(() -> told++);
    feed.step();
    assertEquals(1, told, "told that it begins");

    append(1, 3);
    assertFalse(feed.hasMoreThan(end));
    feed.step();

    assertEquals(2, told);
    assertTrue(feed.hasMoreThan(end));
    FeedPage page = fromMemory(end, false);
    assertNotNull(page);
    assertEquals(expected.subList(before, expected.size()), texts(page));
    assertEquals(3, feed.meters().tailEvents());
    assertFalse(feed.hasMoreThan(page.next()));
  }

  @Test
  void memoryTakesAForeignCursorOnlyIfItKnowsIt() {
    fill(3);
    FeedPlace start = feed.newest();
    feed.step();
    append(1, 3);
    feed.step();
    FeedPage page = fromMemory(start, true);
    assertNotNull(page);
    assertEquals(3, page.events().size());
    FeedPlace place = page.events().getFirst().place();

    FeedPage rest = fromMemory(place, true);
    assertNotNull(rest);
    assertEquals(2, rest.events().size());
    FeedPlace forged = new FeedPlace(place.logPosition(), place.passed(), 1, place.logPosition());
    assertNull(fromMemory(forged, true));
  }

  @Test
  void theNewestPlaceIsBehindWhatIsDurableAlsoWhenTheTailIsNot() throws Exception {
    feed.newest();
    feed.step();
    append(1, 2);
    feed.step();
    append(1, 3);

    FeedPlace newest = feed.newest();

    assertEquals(List.of(), texts(fromFiles(newest)));
    append(1, 1);
    assertEquals(1, fromFiles(newest).events().size());
    feed.step();
    FeedPage page = fromMemory(newest, false);
    assertNotNull(page);
    assertEquals(1, page.events().size());
  }

  @Test
  void whatLeftMemoryComesFromFiles() throws Exception {
    FeedPlace start = feed.newest();
    feed.step();
    for (int i = 0; i < 20; i++) {
      append(i % 4, 3);
    }
    while (feed.step()) {
      continue;
    }
    assertEquals(16, feed.tailSize());

    assertNull(fromMemory(start, false));
    FeedPage page =
        feed.fromFiles(start, feed.catalog().everything(), new PageSize(50, 1 << 20)).get();
    assertEquals(expected.subList(0, 50), texts(page));
    FeedPage rest = fromMemory(page.next(), false);
    assertNotNull(rest);
    assertEquals(expected.subList(50, 57), texts(rest));
  }

  @Test
  void theTailRestsWhenNobodyWantsIt() {
    feed.newest();
    feed.step();
    append(0, 3);
    time.advanceMs(LIMITS.lingerMs() + 1);
    feed.step();
    append(1, 3);
    feed.step();

    assertEquals(0, feed.meters().tailEvents());
    assertEquals(0, feed.tailSize());
  }

  /**
   * A reader who goes between memory and files as it comes, while the log grows, misses nothing.
   */
  @Test
  void aReaderAtAnyPaceSeesEveryEventOnce() throws Exception {
    long seed = 20_260_216;
    Random random = new Random(seed);
    List<String> seen = new ArrayList<>();
    FeedPlace place = FeedPlace.START;
    for (int i = 0; i < 3_000 || seen.size() < expected.size(); i++) {
      switch (random.nextInt(6)) {
        case 0 -> {
          if (i < 3_000) {
            append(random.nextInt(4), random.nextInt(4));
          }
        }
        case 1 -> feed.step();
        case 2 -> time.advanceMs(random.nextInt(4_000));
        default -> {
          FeedPage page = fromMemory(place, false);
          page = page == null ? fromFiles(place) : page;
          seen.addAll(texts(page));
          place = page.next();
          if (random.nextInt(5) == 0) {
            place = java.util.Objects.requireNonNull(FeedPlace.parse(place.text()));
          }
        }
      }
    }

    assertEquals(expected, seen, "seed " + seed);
  }

  @Test
  void tooManyReadersAreRefused() {
    fill(60);
    List<Runnable> waiting = new ArrayList<>();
    Feed slow =
        new Feed(
            source,
            () -> List.of(new RoomFeed()),
            () -> (stamped, family, event) -> new byte[1],
            LIMITS,
            waiting::add,
            time);
    for (int i = 0; i < 8; i++) {
      var unused = slow.fromFiles(FeedPlace.START, slow.catalog().everything(), SMALL);
    }

    var refused =
        assertThrows(
            ExecutionException.class,
            () -> slow.fromFiles(FeedPlace.START, slow.catalog().everything(), SMALL).get());

    assertInstanceOf(FeedBusyException.class, refused.getCause());
    assertEquals(8, slow.readsUnderWay());
    waiting.forEach(Runnable::run);
    assertEquals(0, slow.readsUnderWay());
    assertEquals(4, slow.readersIdle());
  }
}
