// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.provider.pay.PayOrder;
import io.hongbao.provider.pay.Refund;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BankBookTest {

  private static final String NAME = "sim/" + BankBook.FILE;

  private static final PayScript SCRIPT =
      Scripts.paying(
              null,
              List.of(
                  NoticePlan.after(5).withForged(),
                  NoticePlan.after(6).withAmountDelta(-3).withSignedAgo(9).withCopies(2)))
          .late()
          .onClose()
          .reordered()
          .prepay(PrepayFault.LOST_AFTER)
          .queryFails(1)
          .queryDelay(2)
          .closeFails(3)
          .refund(new RefundPlan(4, 5, 6))
          .make();

  /** One of each kind. */
  private static final List<BankEntry> ENTRIES =
      List.of(
          new BankEntry.DefaultScripted(SCRIPT),
          new BankEntry.NextScripted(PayScript.FAULTLESS),
          new BankEntry.ScriptSpent(),
          new BankEntry.Ordered(
              new PayOrder(Long.MAX_VALUE, 7, "CNY", (1L << 53) - 1, 99), 98, SCRIPT),
          new BankEntry.Paid(Long.MAX_VALUE, "sim-txn-1", 98),
          new BankEntry.Closed(2),
          new BankEntry.NoticeEnded(Long.MAX_VALUE, 1, true),
          new BankEntry.NoticeEnded(Long.MAX_VALUE, 2, false),
          new BankEntry.RefundFailed(new Refund(3, Long.MAX_VALUE, 5)),
          new BankEntry.RefundAccepted(new Refund(3, Long.MAX_VALUE, 5), 123),
          new BankEntry.Refunded(3));

  @Test
  void readsBackWhatWasWritten() throws IOException {
    TornDisk disk = new TornDisk();
    write(disk, ENTRIES);

    assertEquals(ENTRIES, read(disk));
    assertEquals(ENTRIES, read(disk.afterCrash(0)));
  }

  @Test
  void forcesOncePerFlushAndNotAtAllForNothing() throws IOException {
    TornDisk disk = new TornDisk();
    BankBook book = BankBook.open(disk, "sim", entry -> {});
    int before = disk.forces;

    book.flush();
    assertEquals(before, disk.forces);
    ENTRIES.forEach(book::add);
    book.flush();

    assertEquals(before + 1, disk.forces);
  }

  @Test
  void cutsATornLastLineWhereverItIsTornAndGoesOnBehindIt() throws IOException {
    TornDisk whole = new TornDisk();
    write(whole, ENTRIES.subList(0, 4));
    int goodBytes = whole.bytes(NAME).length;
    write(whole, ENTRIES.subList(4, 8));
    byte[] all = whole.bytes(NAME);

    for (int length = goodBytes; length < all.length; length++) {
      TornDisk disk = new TornDisk();
      write(disk, List.of());
      disk.overwrite(NAME, Arrays.copyOf(all, length));

      assertEquals(ENTRIES.subList(0, 4), read(disk), "torn at " + length);
      // A shorter line than the torn one: nothing of the old tail may show behind it.
      write(disk, ENTRIES.subList(5, 6));

      var expected = new ArrayList<>(ENTRIES.subList(0, 4));
      expected.add(ENTRIES.get(5));
      assertEquals(expected, read(disk.afterCrash(0)), "torn at " + length);
    }
  }

  @Test
  void cutsALastLineWithAHoleInIt() throws IOException {
    TornDisk disk = new TornDisk();
    write(disk, ENTRIES.subList(0, 4));
    int goodBytes = disk.bytes(NAME).length;
    write(disk, ENTRIES.subList(4, 8));
    byte[] holed = disk.bytes(NAME).clone();
    Arrays.fill(holed, goodBytes, goodBytes + 20, (byte) 0);
    disk.overwrite(NAME, holed);

    assertEquals(ENTRIES.subList(0, 4), read(disk));
    assertArrayEquals(Arrays.copyOf(holed, goodBytes), disk.bytes(NAME));
  }

  @Test
  void refusesToStartOnDamageBeforeTheLastLineAndNamesThePlace() throws IOException {
    TornDisk disk = new TornDisk();
    write(disk, ENTRIES.subList(0, 1));
    int firstBytes = disk.bytes(NAME).length;
    write(disk, ENTRIES.subList(1, 3));
    write(disk, ENTRIES.subList(3, 5));
    byte[] damaged = disk.bytes(NAME).clone();
    damaged[firstBytes + 15] ^= 1;
    disk.overwrite(NAME, damaged);

    IOException refused = assertThrows(IOException.class, () -> read(disk));

    assertTrue(refused.getMessage().contains(NAME + " at offset " + firstBytes));
    assertArrayEquals(damaged, disk.bytes(NAME));
  }

  @Test
  void survivesACrashWhileATornLineIsCutOff() throws IOException {
    TornDisk disk = new TornDisk();
    write(disk, ENTRIES.subList(0, 4));
    byte[] good = disk.bytes(NAME);
    disk.overwrite(NAME, Arrays.copyOf(good, good.length + 30));
    // What a crash in the middle of the cutting leaves behind.
    disk.create("sim/book.draft", 17);

    assertEquals(ENTRIES.subList(0, 4), read(disk));
    assertEquals(List.of(NAME), disk.list("sim"));
    assertEquals(ENTRIES.subList(0, 4), read(disk.afterCrash(0)));
  }

  private static void write(TornDisk disk, List<BankEntry> entries) throws IOException {
    try (BankBook book = BankBook.open(disk, "sim", entry -> {})) {
      entries.forEach(book::add);
    }
  }

  private static List<BankEntry> read(TornDisk disk) throws IOException {
    var entries = new ArrayList<BankEntry>();
    BankBook.open(disk, "sim", entries::add).close();
    return entries;
  }
}
