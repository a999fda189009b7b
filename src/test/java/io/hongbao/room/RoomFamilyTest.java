// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.model.RefusalCode;
import io.hongbao.room.RoomCommand.ChangeMembers;
import io.hongbao.room.RoomCommand.OpenRoom;
import io.hongbao.room.RoomCommand.ReadRoom;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Rooms: who is in, who hears so, and when. */
class RoomFamilyTest {

  private static final long ROOM = 88_001;
  private static final int MEMBERS_MAX = 5;

  private final RoomDirectory directory = new RoomDirectory();
  private final PartitionHarness harness =
      new PartitionHarness(4, 13, RoomFamily.factory(directory, MEMBERS_MAX));
  private final int home = harness.partitionOf(ROOM);

  private RoomShown ask(RoomCommand command) {
    return harness.ask(home, command).as(RoomShown.class);
  }

  private RefusalCode refusal(RoomCommand command) {
    return harness.ask(home, command).refusal();
  }

  private static List<Long> users(long from, int count) {
    return LongStream.range(from, from + count).boxed().toList();
  }

  @Test
  void opensARoomWithItsFirstMembers() {
    RoomShown room = ask(new OpenRoom(ROOM, false, List.of(1L, 2L, 2L)));

    assertTrue(room.wasMade());
    assertEquals(2, room.memberCount());
    assertEquals(harness.nowMs(), room.createdAtMs());
    assertTrue(directory.isInRoom(ROOM, 1));
    assertTrue(directory.isInRoom(ROOM, 2));
    assertFalse(directory.isInRoom(ROOM, 3));
    assertFalse(directory.isInRoom(ROOM + 1, 1));
    harness.checkRebuild();
  }

  @Test
  void nobodyIsInARoom() {
    ask(new OpenRoom(ROOM, false, List.of(1L)));
    ask(members(List.of(), List.of(1L)));

    for (long nobody = -2; nobody <= 1; nobody++) {
      assertFalse(directory.isInRoom(ROOM, nobody));
    }
  }

  @Test
  void everybodyIsInAPublicRoom() {
    ask(new OpenRoom(ROOM, true, List.of()));

    assertTrue(directory.isInRoom(ROOM, 77));
    assertEquals(0, ask(new ReadRoom(ROOM)).memberCount());
    assertEquals(RefusalCode.MALFORMED_REQUEST, refusal(members(List.of(1L), List.of())));
    assertEquals(0, ask(members(List.of(), List.of(1L))).removedCount());
    harness.checkRebuild();
  }

  @Test
  void openingAgainChangesNothingButAddsMembers() {
    ask(new OpenRoom(ROOM, false, List.of(1L)));
    long records = harness.journal(home).records().size();
    RoomShown again = ask(new OpenRoom(ROOM, false, List.of(1L)));
    assertFalse(again.wasMade());
    assertEquals(records, harness.journal(home).records().size());

    RoomShown more = ask(new OpenRoom(ROOM, false, List.of(1L, 2L)));

    assertFalse(more.wasMade());
    assertEquals(1, more.addedCount());
    assertEquals(2, more.memberCount());
    harness.checkRebuild();
  }

  @Test
  void refusesToOpenInOrder() {
    assertEquals(RefusalCode.MALFORMED_REQUEST, refusal(new OpenRoom(0, true, List.of())));
    assertEquals(
        RefusalCode.MALFORMED_REQUEST,
        refusal(new OpenRoom(RoomCommand.ROOM_ID_MAX + 1, true, List.of())));
    assertEquals(RefusalCode.MALFORMED_REQUEST, refusal(new OpenRoom(ROOM, true, List.of(1L))));
    assertEquals(RefusalCode.MALFORMED_REQUEST, refusal(new OpenRoom(ROOM, false, List.of(0L))));
    assertEquals(
        RefusalCode.MALFORMED_REQUEST, refusal(new OpenRoom(ROOM, false, users(1, 1_001))));
    assertEquals(
        RefusalCode.ROOM_FULL, refusal(new OpenRoom(ROOM, false, users(1, MEMBERS_MAX + 1))));
    assertFalse(directory.isInRoom(ROOM, 1));
    ask(new OpenRoom(ROOM, true, List.of()));
    assertEquals(
        RefusalCode.ROOM_EXISTS, refusal(new OpenRoom(ROOM, false, users(1, MEMBERS_MAX + 1))));
    assertEquals(RefusalCode.ROOM_NOT_FOUND, refusal(new ReadRoom(ROOM + 4)));
    assertEquals(
        RefusalCode.ROOM_NOT_FOUND, refusal(new ChangeMembers(ROOM + 4, users(1, 9), List.of())));
  }

  @Test
  void keepsARoomOutOfAPartitionThatIsNotIts() {
    Heard heard =
        harness.quietly(() -> harness.ask((home + 1) % 4, new OpenRoom(ROOM, true, List.of())));

    assertEquals(RefusalCode.INTERNAL_ERROR, heard.refusal());
  }

  @Test
  void changesMembersAllOrNothing() {
    ask(new OpenRoom(ROOM, false, users(1, 4)));

    assertEquals(RefusalCode.ROOM_FULL, refusal(members(users(10, 2), List.of())));
    assertFalse(directory.isInRoom(ROOM, 10));
    RoomShown swapped = ask(members(users(10, 2), List.of(1L, 99L)));

    assertEquals(2, swapped.addedCount());
    assertEquals(1, swapped.removedCount());
    assertEquals(MEMBERS_MAX, swapped.memberCount());
    assertTrue(directory.isInRoom(ROOM, 11));
    assertFalse(directory.isInRoom(ROOM, 1));
    harness.checkRebuild();
  }

  @Test
  void whoIsToComeAndToGoAtOnceGoes() {
    ask(new OpenRoom(ROOM, false, List.of(1L)));

    RoomShown room = ask(members(List.of(1L, 2L), List.of(1L, 2L)));

    assertEquals(0, room.memberCount());
    assertEquals(1, room.removedCount());
    assertFalse(directory.isInRoom(ROOM, 2));
    harness.checkRebuild();
  }

  @Test
  void takesAThousandAtOnceAndNoMore() {
    RoomDirectory large = new RoomDirectory();
    PartitionHarness wide = new PartitionHarness(4, 13, RoomFamily.factory(large, 10_000));
    wide.ask(home, new OpenRoom(ROOM, false, users(1, 1_000)));
    ChangeMembers thousand = new ChangeMembers(ROOM, users(1_001, 1_000), List.of());

    RoomShown room = wide.ask(home, thousand).as(RoomShown.class);
    Heard tooMany = wide.ask(home, new ChangeMembers(ROOM, users(5_000, 1_000), List.of(1L)));

    assertEquals(2_000, room.memberCount());
    assertTrue(large.isInRoom(ROOM, 2_000));
    assertEquals(RefusalCode.MALFORMED_REQUEST, tooMany.refusal());
    int sizeBytes = wide.journal(home).records().getLast().bytes().capacity();
    assertTrue(sizeBytes <= thousand.recordBytesMax(), "room was secured");
    wide.checkRebuild();
  }

  // Two changes are decided before the first is durable. When the first becomes so, the directory
  // must show the first alone: a crash could still take the second back.
  @Test
  void theDirectoryShowsNothingThatACrashCouldTakeBack() {
    ask(new OpenRoom(ROOM, false, List.of()));
    harness.submit(home, members(List.of(1L), List.of()));
    long afterFirst = harness.state(home).sequence();
    harness.submit(home, members(List.of(2L), List.of(1L)));
    assertFalse(directory.isInRoom(ROOM, 1));

    harness.core(home).release(afterFirst);

    assertTrue(directory.isInRoom(ROOM, 1));
    assertFalse(directory.isInRoom(ROOM, 2));
    harness.force(home);
    assertFalse(directory.isInRoom(ROOM, 1));
    assertTrue(directory.isInRoom(ROOM, 2));
  }

  @Test
  void aFreshProcessKnowsAllMembers() {
    ask(new OpenRoom(ROOM, false, List.of(1L, 2L)));
    ask(members(List.of(), List.of(2L)));
    RoomDirectory fresh = new RoomDirectory();

    new PartitionHarness(4, 13, RoomFamily.factory(fresh, MEMBERS_MAX)).startFrom(harness);

    assertTrue(fresh.isInRoom(ROOM, 1));
    assertFalse(fresh.isInRoom(ROOM, 2));
  }

  @Test
  void aLoweredLimitKeepsNobodyFromLeaving() {
    ask(new OpenRoom(ROOM, false, users(1, MEMBERS_MAX)));
    RoomDirectory fresh = new RoomDirectory();
    PartitionHarness lowered = new PartitionHarness(4, 13, RoomFamily.factory(fresh, 2));
    lowered.startFrom(harness);

    RoomShown left = lowered.ask(home, members(List.of(), List.of(1L))).as(RoomShown.class);
    Heard came = lowered.ask(home, members(List.of(9L), List.of(2L)));

    assertEquals(4, left.memberCount());
    assertEquals(RefusalCode.ROOM_FULL, came.refusal());
  }

  private static ChangeMembers members(List<Long> add, List<Long> remove) {
    return new ChangeMembers(ROOM, add, remove);
  }
}
