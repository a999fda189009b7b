// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.disk.FaultyDisk.Operation;
import io.hongbao.engine.journal.JournalDamagedException;
import io.hongbao.sim.AuditedPartition.Packet;
import io.hongbao.sim.SimBank.Word;
import io.hongbao.sim.SimClients.Request;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Plays one seed: clients, time, bad luck, crashes; at the end everything heals and must add up.
 *
 * <p><b>Failure:</b> {@link SimFailure} with what differs; the same seed and steps fail again in
 * the same step.
 */
public final class Simulator {

  // What fails here is meant to; the log of it would bury what matters. Held, or it is forgotten.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("io.hongbao.export"), Logger.getLogger("io.hongbao.engine"));

  static {
    QUIET.forEach(logger -> logger.setLevel(Level.OFF));
  }

  private static final long HOUR_MS = 3_600_000L;
  private static final int DUE_TURNS_MAX = 100_000;

  private final SimOptions options;
  private final SplittableRandom chance;
  private final Marks marks = new Marks();
  private final FaultyDisk disk;
  private final SimClock clock = new SimClock();
  private final SimKeys keys = new SimKeys();
  private final Auditor auditor;
  private final MemoryReadModel readModel;
  private final SimBank bank;
  private final SimNotices notices;
  private final SimClients clients;
  private final SimExports exports;
  private SimNetwork network;
  private SimServer server;
  private long life;
  private long step;
  private boolean isHealed;
  private long safeLogPosition;
  private long lastLogPosition;

  /** What a run came to. */
  public record Result(long seed, long steps, long answers, Marks marks, long hash) {}

  private Simulator(SimOptions options) throws IOException {
    this.options = options;
    this.chance = new SplittableRandom(options.seed());
    this.disk = new FaultyDisk(options.seed());
    this.auditor = new Auditor(options, marks);
    this.readModel = new MemoryReadModel(chance.split(), marks, options.partitions());
    this.bank = new SimBank(chance.split(), marks, keys);
    this.notices = new SimNotices(bank, readModel, clock, marks);
    this.clients = new SimClients(options, chance.split(), marks, keys);
    this.exports = new SimExports(chance.split(), marks);
    this.network = newNetwork();
    this.server = newServer();
    auditor.watch(server);
  }

  /**
   * Plays a seed to its end.
   *
   * @throws SimFailure with seed and step when something is not as it must be
   */
  public static Result run(long seed, long steps) {
    Simulator simulator = null;
    try {
      simulator = new Simulator(SimOptions.of(seed, steps));
      return simulator.play();
    } catch (SimFailure | IOException | RuntimeException e) {
      throw failed(seed, simulator, e);
    }
  }

  private static SimFailure failed(long seed, @Nullable Simulator run, Throwable e) {
    SimFailure failure =
        new SimFailure(
            "seed " + seed + ", step " + (run == null ? 0 : run.step) + ": " + e.getMessage());
    failure.initCause(e);
    return failure;
  }

  private SimNetwork newNetwork() {
    return new SimNetwork(chance.split(), marks, isHealed ? 0 : options.faultPercent());
  }

  private SimServer newServer() throws IOException {
    return new SimServer(
        new SimServer.Parts(options, disk, clock, network, auditor, readModel, bank, ++life));
  }

  private Result play() throws IOException {
    for (step = 1; step <= options.steps(); step++) {
      act();
      if (server.failure() != null) {
        end();
      }
    }
    new SimEnding(options, auditor, readModel, clients.people(), keys).check(this);
    long hash = 0;
    for (int i = 0; i < options.partitions(); i++) {
      hash = hash * 31 + server.state(i).hash();
    }
    disk.scars().counts().forEach((kind, times) -> marks.add(Fault.valueOf(kind.name()), times));
    return new Result(options.seed(), options.steps(), auditor.answers(), marks, hash);
  }

  private void act() throws IOException {
    int luck = chance.nextInt(1_000);
    try {
      if (luck < 560) {
        ask(clients.next(clock.nowMs()));
      } else if (luck < 600) {
        bank.somebodyPays(clients.ordered());
      } else if (luck < 650) {
        tell();
      } else if (luck < 780) {
        server.runLoop(chance.nextInt(options.lanes()));
      } else if (luck < 860) {
        flush();
      } else if (luck < 900) {
        network.arrive();
      } else if (luck < 940) {
        if (exports.works(step)) {
          server.export();
        }
      } else if (luck < 985) {
        passTime();
      } else if (luck < 990) {
        server.settle();
      } else if (luck < 994) {
        server.maintain();
      } else {
        seldom();
      }
    } catch (IOException e) {
      server.onFailure(e);
    }
  }

  private void flush() {
    server.flush();
    long reached = server.journal().durableLogPosition();
    if (reached > lastLogPosition) {
      // What a later flush stands behind is known to be durable to every reader.
      safeLogPosition = lastLogPosition;
      lastLogPosition = reached;
    }
  }

  private void passTime() {
    int luck = chance.nextInt(200);
    if (luck == 0) {
      clock.advance((chance.nextBoolean() ? 20 : 75) * HOUR_MS);
    } else if (luck < 6) {
      clock.advance(chance.nextInt(4 * (int) HOUR_MS));
    } else if (luck < 10) {
      grabAtTheLastMoment();
    } else {
      clock.advance(chance.nextInt(luck < 40 ? 20_000 : 200));
    }
    server.wake(chance.nextInt(options.lanes()));
  }

  // Chance alone would hardly ever find a packet in its last second.
  private void grabAtTheLastMoment() {
    Packet packet = auditor.anyOpenPacket(chance);
    if (packet != null) {
      long leftMs = packet.spec.expiresAtMs() - clock.nowMs();
      clock.advance(Math.max(0, leftMs - 1 - chance.nextInt(300)));
      ask(clients.grab(packet.spec.packetId()));
      server.settle();
      clock.advance(chance.nextInt(1_000));
    }
  }

  private void seldom() throws IOException {
    switch (chance.nextInt(8)) {
      case 0, 1, 2 -> snapshot();
      case 3 -> {
        if (chance.nextInt(20) == 0) {
          readModel.lose();
        } else {
          bank.remind();
        }
      }
      case 4 -> {
        marks.count(Fault.CLOCK_STEPPED);
        clock.stepWall(chance.nextInt(40_000) - 20_000);
      }
      case 5 -> server.forEachDurable(auditor::durable);
      default -> breakSomething();
    }
  }

  private void snapshot() throws IOException {
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

  private void breakSomething() throws IOException {
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

  private void tell() {
    Word word = bank.next();
    if (word != null) {
      ask(new Request(word.partition(), word.command()));
    }
  }

  void ask(Request request) {
    server.submit(
        chance.nextInt(options.lanes()),
        request.partition(),
        request.command(),
        (answer, position, isRepeat) -> {
          auditor.heard(request.partition(), request.command(), answer, position, isRepeat);
          clients.heard(request.command(), answer);
          notices.heard(request, answer, server);
        });
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
    clients.people().serverDied();
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
    safeLogPosition = Math.min(safeLogPosition, lastLogPosition);
    auditor.watch(server);
  }

  // For the ending.

  void heal() throws IOException {
    isHealed = true;
    disk.heal();
    disk.limitBytes(Long.MAX_VALUE);
    network.heal();
    network.arriveAll();
    bank.heal();
    readModel.heal();
    if (server.failure() != null || disk.hasCrashed()) {
      end();
    }
  }

  void passQuietly(long ms) throws IOException {
    clock.advance(ms);
    server.settle();
    // Tight limits let a few timers run per turn, and a long run leaves thousands that are due. A
    // partition that has nothing new looks at them again when the clock has moved.
    for (int i = 0; i < DUE_TURNS_MAX && server.hasDueTimers(clock.nowMs()); i++) {
      clock.advance(1);
      server.settle();
    }
    network.arriveAll();
    bank.remind();
    for (Word word = bank.next(); word != null; word = bank.next()) {
      ask(new Request(word.partition(), word.command()));
      server.settle();
    }
    for (int i = 0; i < 40 && !server.isExportDrained(); i++) {
      server.export();
    }
    Throwable cause = server.failure();
    if (cause instanceof SimFailure found) {
      throw found;
    }
    SimFailure.require(cause == null, "the engine stopped although all is healed: " + cause);
  }

  SimServer server() {
    return server;
  }

  FaultyDisk disk() {
    return disk;
  }

  SimBank bank() {
    return bank;
  }
}
