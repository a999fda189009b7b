// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.disk.FaultyDisk.Operation;
import io.hongbao.engine.journal.JournalDamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.SplittableRandom;

/**
 * The machine on which one life of the server follows another: disk, clocks and links, what breaks
 * them, and how the server comes back.
 */
final class SimMachine {

  private static final int ROLLS_PER_CRASH = 3;
  private static final int FIRST_OPERATIONS = 6;

  private final SimOptions options;
  private final SplittableRandom chance;
  private final Marks marks;
  private final Auditor auditor;
  private final MemoryReadModel readModel;
  private final SimBank bank;
  private final FaultyDisk disk;
  private final SimClock clock = new SimClock();
  private SimNetwork network;
  private SimServer server;
  private Runnable onDeath = () -> {};
  private long life;
  private boolean isHealed;
  private long safeLogPosition;
  private long lastLogPosition;
  private long rolls;

  SimMachine(
      SimOptions options,
      SplittableRandom chance,
      Marks marks,
      Auditor auditor,
      MemoryReadModel readModel,
      SimBank bank)
      throws IOException {
    this.options = options;
    this.chance = chance;
    this.marks = marks;
    this.auditor = auditor;
    this.readModel = readModel;
    this.bank = bank;
    this.disk = new FaultyDisk(options.seed());
    this.network = newNetwork();
    this.server = newServer();
  }

  /**
   * The first life begins.
   *
   * @param dies runs whenever a life ends
   */
  void powerOn(Runnable dies) {
    onDeath = dies;
    auditor.watch(server);
  }

  SimServer server() {
    return server;
  }

  FaultyDisk disk() {
    return disk;
  }

  SimClock clock() {
    return clock;
  }

  SimNetwork network() {
    return network;
  }

  private SimNetwork newNetwork() {
    return new SimNetwork(chance.split(), marks, isHealed ? 0 : options.faultPercent());
  }

  private SimServer newServer() throws IOException {
    return new SimServer(
        new SimServer.Parts(options, disk, clock, network, auditor, readModel, bank, ++life));
  }

  void flush() {
    server.flush();
    long reached = server.journal().durableLogPosition();
    if (reached > lastLogPosition) {
      // What a later flush stands behind is known to be durable to every reader.
      safeLogPosition = lastLogPosition;
      lastLogPosition = reached;
    }
    // The first frames of a segment are the ones that chance alone seldom hits.
    boolean hasRolled = server.journal().counters().rolls() > rolls;
    rolls = server.journal().counters().rolls();
    if (hasRolled) {
      marks.count(Fault.SEGMENT_ROLLED);
    }
    if (hasRolled && !isHealed && chance.nextInt(ROLLS_PER_CRASH) == 0) {
      disk.crashAfter(chance.nextInt(FIRST_OPERATIONS));
    }
  }

  void snapshot() throws IOException {
    try {
      server.snapshot(chance.nextInt(options.partitions()));
    } catch (IOException e) {
      // The background tries again later; the server goes on.
      if (disk.hasCrashed()) {
        throw e;
      }
      marks.count(Fault.SNAPSHOT_FAILED);
    }
  }

  void breakSomething() throws IOException {
    if (chance.nextInt(Math.max(1, options.crashEvery() / 1_000)) != 0) {
      return;
    }
    switch (chance.nextInt(8)) {
      case 0 -> {
        marks.count(Fault.FSYNC_ERROR);
        disk.fail(Operation.FORCE, chance.nextInt(3));
      }
      case 1 -> {
        marks.count(Fault.WRITE_ERROR);
        disk.fail(Operation.WRITE, chance.nextInt(3));
      }
      case 2 -> {
        marks.count(Fault.DESCRIPTORS_USED_UP);
        disk.fail(chance.nextBoolean() ? Operation.CREATE : Operation.OPEN, chance.nextInt(2));
      }
      case 3 -> {
        marks.count(Fault.DISK_FULL);
        disk.limitBytes(chance.nextInt(200_000));
      }
      case 4 -> {
        marks.count(Fault.CRASH);
        end();
      }
      default -> disk.crashAfter(chance.nextInt(60));
    }
  }

  /** The process is gone, perhaps the machine too; it comes back, perhaps not at once. */
  void end() throws IOException {
    Throwable cause = server.failure();
    if (cause instanceof SimFailure found) {
      throw found;
    }
    if (cause != null
        && !(cause instanceof IOException)
        && !(cause instanceof UncheckedIOException)) {
      throw new SimFailure("the engine stopped by itself: " + cause);
    }
    auditor.died();
    onDeath.run();
    boolean isPowerLost = disk.hasCrashed() || chance.nextInt(3) > 0;
    if (disk.hasCrashed()) {
      marks.count(Fault.CRASH);
    }
    if (isPowerLost) {
      disk.crash();
      readModel.losePower();
    } else {
      marks.count(Fault.PROCESS_ENDED);
    }
    disk.limitBytes(Long.MAX_VALUE);
    disk.heal();
    if (!isHealed && chance.nextInt(5) == 0) {
      new BitRot(disk, chance, marks).play(safeLogPosition, this::tryStart);
    }
    restart();
  }

  /** Starts and throws the server away again; whether it came up. */
  private boolean tryStart() throws IOException {
    try {
      SimServer tried = newServer();
      for (int i = 0; i < options.partitions(); i++) {
        auditor.mayRecover(i, tried.state(i).sequence(), tried.state(i).hash());
      }
      return true;
    } catch (JournalDamagedException e) {
      SimFailure.require(
          disk.exists(e.file()) && e.offset() >= 0 && e.offset() <= disk.sizeBytes(e.file()),
          () -> "damage is told without its place: " + e.getMessage());
      return false;
    }
  }

  private void restart() throws IOException {
    for (int attempt = 0; ; attempt++) {
      boolean isDisturbed = !isHealed && attempt < 3 && chance.nextInt(4) == 0;
      if (isDisturbed) {
        disk.crashAfter(chance.nextInt(12));
      }
      if (!isHealed && chance.nextInt(6) == 0) {
        marks.count(Fault.CLOCK_BEHIND_AT_START);
        clock.stepWall(-chance.nextInt(30_000));
      }
      clock.restart();
      network = newNetwork();
      try {
        server = newServer();
        disk.heal();
        break;
      } catch (IOException | UncheckedIOException e) {
        if (!disk.hasCrashed()) {
          throw new SimFailure("does not come up again: " + e);
        }
        marks.count(Fault.CRASH_IN_RECOVERY);
        disk.crash();
      }
    }
    for (int i = 0; i < options.partitions(); i++) {
      auditor.recovered(i, server.state(i).sequence(), server.state(i).hash());
    }
    lastLogPosition = server.journal().durableLogPosition();
    rolls = 0;
    safeLogPosition = Math.min(safeLogPosition, lastLogPosition);
    auditor.watch(server);
  }

  /** From now on nothing breaks any more. */
  void heal() throws IOException {
    isHealed = true;
    disk.heal();
    disk.limitBytes(Long.MAX_VALUE);
    network.heal();
    network.arriveAll();
    if (server.failure() != null || disk.hasCrashed()) {
      end();
    }
  }
}
