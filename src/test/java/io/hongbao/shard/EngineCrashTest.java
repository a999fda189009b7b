// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.hongbao.account.AccountAnswer.TransactionShown;
import io.hongbao.account.AccountCommand.TopUp;
import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.HandClock;
import io.hongbao.engine.Refusal;
import io.hongbao.engine.TestKeys;
import io.hongbao.inspect.DirectoryCheck;
import io.hongbao.inspect.Findings;
import io.hongbao.ledger.AccountKey;
import io.hongbao.ledger.AccountKind;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.RedPacketAnswer.OrderShown;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.GrabPacket;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.RedPacketCommand.SendPacket;
import io.hongbao.redpacket.Viewer;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Takes the power away from the whole engine at seeded moments: whatever was answered is there
 * afterwards, once, and all money adds up, from the answers to the last byte on disk.
 */
class EngineCrashTest {

  private static final int SEEDS = Integer.getInteger("hongbao.engine.seeds", 25);
  private static final int CRASHES = 4;
  private static final int USERS = 12;
  private static final long HOUR_MS = 3_600_000L;

  @Test
  void whatWasAnsweredIsThereOnce() {
    for (long seed = 1; seed <= SEEDS; seed++) {
      try {
        new Run(seed).play();
      } catch (Throwable e) {
        fail("seed " + seed + ": " + e, e);
      }
    }
  }

  /** A request under a key, and what was heard of it. */
  private static final class Asked {
    final long owner;
    final Command command;
    Answer answer;

    Asked(long owner, Command command) {
      this.owner = owner;
      this.command = command;
    }

    boolean isAnswered() {
      return answer != null && !isLoad(answer);
    }

    static boolean isLoad(Answer answer) {
      return answer instanceof Refusal refusal && refusal.code().retry() == RefusalCode.Retry.AFTER;
    }

    /** What must be the same whenever it is told. */
    static Object told(Answer answer) {
      return switch (answer) {
        case TransactionShown shown -> shown.transaction().id();
        case OrderShown shown -> shown.order().packetId();
        case Refusal refusal -> refusal.code();
        default -> throw new AssertionError("not an answer to a key: " + answer);
      };
    }
  }

  private record Share(long packetId, long userId) {}

  private static final class Run {

    final FaultyDisk disk;
    final SplittableRandom chance;
    final HandClock clock = new HandClock();
    final List<Asked> asked = new ArrayList<>();
    final List<Long> packets = new ArrayList<>();
    final Map<Share, Long> shares = new HashMap<>();
    final long seed;
    EngineLife life;
    long nextKey = 1;

    Run(long seed) throws IOException {
      this.seed = seed;
      this.disk = new FaultyDisk(seed);
      this.chance = new SplittableRandom(seed);
      this.life = new EngineLife(disk, clock, seed);
    }

    void play() throws IOException {
      for (int crash = 0; crash < CRASHES; crash++) {
        if (chance.nextBoolean()) {
          disk.crashAfter(chance.nextInt(300));
        }
        int actions = 50 + chance.nextInt(500);
        for (int i = 0; i < actions && life.failure == null; i++) {
          act();
        }
        restart();
        check();
      }
      end();
    }

    private void act() {
      try {
        switch (chance.nextInt(16)) {
          case 0, 1 -> ask(topUp());
          case 2, 3 -> ask(send());
          case 4 -> again();
          case 5, 6, 7 -> open();
          case 8 -> grab();
          case 9, 10 -> life.runLoop(chance.nextInt(EngineLife.LANES));
          case 11 -> life.flush();
          case 12 -> life.settle(1);
          case 13 -> life.maintain();
          case 14 -> clock.advance(chance.nextInt(20) == 0 ? 5 * HOUR_MS : chance.nextInt(2_000));
          default -> snapshot();
        }
      } catch (IOException e) {
        assertPower(e);
      }
    }

    private static void assertPower(IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("no power"), e.toString());
    }

    private void snapshot() throws IOException {
      if (chance.nextInt(3) == 0) {
        life.snapshot(chance.nextInt(EngineLife.PARTITIONS));
      }
    }

    private long user() {
      return 1_001L + chance.nextInt(USERS);
    }

    private Asked topUp() {
      long user = user();
      long key = nextKey++;
      return new Asked(
          user, new TopUp(TestKeys.key(key), user, 1, 1 + chance.nextInt(5_000), "", "operator"));
    }

    private Asked send() {
      long user = user();
      int count = 1 + chance.nextInt(5);
      PacketKind kind = chance.nextBoolean() ? PacketKind.LUCKY_LIVE : PacketKind.LUCKY_FAIR;
      GrabMode mode = chance.nextBoolean() ? GrabMode.RESERVE : GrabMode.CLASSIC;
      PacketTerms terms =
          new PacketTerms(
              kind,
              mode,
              1,
              count + chance.nextInt(900),
              count,
              EngineLife.ROOM,
              0,
              SenderNonce.NONE,
              "luck",
              "");
      return new Asked(user, new SendPacket(TestKeys.key(nextKey++), user, terms, ""));
    }

    private void ask(Asked one) {
      asked.add(one);
      life.submit(
          chance.nextInt(EngineLife.LANES),
          one.owner,
          one.command,
          (answer, position, repeated) -> hear(one, answer));
    }

    private void again() {
      if (!asked.isEmpty()) {
        Asked one = asked.get(chance.nextInt(asked.size()));
        life.submit(
            chance.nextInt(EngineLife.LANES),
            one.owner,
            one.command,
            (answer, position, repeated) -> hear(one, answer));
      }
    }

    private void hear(Asked one, Answer answer) {
      if (Asked.isLoad(answer)) {
        return;
      }
      if (one.isAnswered()) {
        assertEquals(Asked.told(one.answer), Asked.told(answer), "answer to a repeat");
      }
      one.answer = answer;
      if (answer instanceof OrderShown shown && !packets.contains(shown.order().packetId())) {
        packets.add(shown.order().packetId());
      }
    }

    private void open() {
      if (!packets.isEmpty()) {
        open(new Share(packets.get(chance.nextInt(packets.size())), user()));
      }
    }

    private void open(Share share) {
      life.submit(
          chance.nextInt(EngineLife.LANES),
          share.packetId(),
          new OpenPacket(share.packetId(), new Viewer(share.userId(), 0, 0)),
          (answer, position, repeated) -> {
            if (answer instanceof ShareShown shown) {
              Long before = shares.put(share, shown.amountMinor());
              assertTrue(before == null || before == shown.amountMinor(), "a share stays");
            } else if (!Asked.isLoad(answer)) {
              assertFalse(shares.containsKey(share), "a share is not lost: " + answer);
            }
          });
    }

    private void grab() {
      if (!packets.isEmpty()) {
        long packetId = packets.get(chance.nextInt(packets.size()));
        life.submit(
            chance.nextInt(EngineLife.LANES),
            packetId,
            new GrabPacket(packetId, new Viewer(user(), 0, 0)),
            (answer, position, repeated) -> {});
      }
    }

    private void restart() throws IOException {
      disk.crash();
      while (true) {
        boolean isDisturbed = chance.nextInt(4) == 0;
        if (isDisturbed) {
          disk.crashAfter(chance.nextInt(12));
        }
        try {
          life = new EngineLife(disk, clock, seed + clock.nowMs());
          if (!isDisturbed) {
            return;
          }
        } catch (UncheckedIOException e) {
          assertPower(e.getCause());
        } catch (IOException e) {
          assertPower(e);
        }
        disk.crash();
      }
    }

    // Every key once more, answered or not; every share that somebody was told of.
    private void check() {
      for (Asked one : asked) {
        life.submit(0, one.owner, one.command, (answer, position, repeated) -> hear(one, answer));
        life.settle(1);
      }
      for (Share share : List.copyOf(shares.keySet())) {
        open(share);
        life.settle(1);
      }
      for (Asked one : asked) {
        assertTrue(one.isAnswered(), "every key has an answer in the end");
      }
      assertEquals(null, life.failure);
    }

    private void end() throws IOException {
      life.settle(50);
      clock.advance(30 * HOUR_MS);
      life.settle(300);
      long toppedUp = 0;
      for (Asked one : asked) {
        if (one.command instanceof TopUp topUp && !(one.answer instanceof Refusal)) {
          toppedUp += topUp.amountMinor();
        }
      }
      assertEquals(-toppedUp, system(AccountKind.CLEARING), "each top-up once");
      assertEquals(0, system(AccountKind.TRANSIT));
      assertEquals(0, system(AccountKind.ESCROW));
      assertEquals(0, system(AccountKind.SUSPENSE));
      verify();
      clock.advance(100 * HOUR_MS);
      life.settle(300);
      for (int i = 0; i < EngineLife.PARTITIONS; i++) {
        life.snapshot(i);
      }
      assertEquals(-toppedUp, system(AccountKind.CLEARING));
      verify();
    }

    private void verify() throws IOException {
      life.journal.close();
      Findings findings =
          new DirectoryCheck(
                  disk,
                  EngineLife.DIRECTORY_ID,
                  EngineLife.SHAPE,
                  EngineLife.families(),
                  sentence -> {})
              .run();
      assertEquals(List.of(), findings.differences());
      restart();
    }

    private long system(AccountKind kind) {
      long sum = 0;
      for (int i = 0; i < EngineLife.PARTITIONS; i++) {
        sum += life.state(i).parts().ledger().balanceMinor(AccountKey.system(kind, 1));
      }
      return sum;
    }
  }
}
