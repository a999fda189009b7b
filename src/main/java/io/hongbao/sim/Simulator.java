// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.disk.FaultyDisk;
import io.hongbao.engine.Acted;
import io.hongbao.engine.Actor;
import io.hongbao.engine.Command;
import io.hongbao.sim.AuditedPartition.Packet;
import io.hongbao.sim.SimBank.Word;
import io.hongbao.sim.SimClients.Request;
import java.io.IOException;
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
  private final SimKeys keys = new SimKeys();
  private final Auditor auditor;
  private final MemoryReadModel readModel;
  private final SimBank bank;
  private final SimNotices notices;
  private final SimClients clients;
  private final SimExports exports;
  private final SimOperators operators;
  private final SimMachine machine;
  private long step;

  /** What a run came to. */
  public record Result(long seed, long steps, long answers, Marks marks, long hash) {}

  private Simulator(SimOptions options) throws IOException {
    this.options = options;
    this.chance = new SplittableRandom(options.seed());
    this.auditor = new Auditor(options, marks);
    this.readModel = new MemoryReadModel(chance.split(), marks, options.partitions());
    this.bank = new SimBank(chance.split(), marks, keys);
    this.machine = new SimMachine(options, chance, marks, auditor, readModel, bank);
    this.notices = new SimNotices(bank, readModel, machine.clock(), marks);
    this.clients = new SimClients(options, chance.split(), marks, keys);
    this.exports = new SimExports(chance.split(), marks);
    this.operators = new SimOperators(chance.split());
    machine.powerOn(clients.people()::serverDied);
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

  private Result play() throws IOException {
    for (step = 1; step <= options.steps(); step++) {
      act();
      if (server().failure() != null) {
        end();
      }
    }
    new SimEnding(options, auditor, readModel, clients.people(), keys).check(this);
    long hash = 0;
    for (int i = 0; i < options.partitions(); i++) {
      hash = hash * 31 + server().state(i).hash();
    }
    machine
        .disk()
        .scars()
        .counts()
        .forEach((kind, times) -> marks.add(Fault.valueOf(kind.name()), times));
    return new Result(options.seed(), options.steps(), auditor.answers(), marks, hash);
  }

  private void act() throws IOException {
    int luck = chance.nextInt(1_000);
    try {
      if (luck < 560) {
        ask(clients.next(machine.clock().nowMs()));
      } else if (luck < 600) {
        bank.somebodyPays(clients.packets().ordered());
      } else if (luck < 650) {
        tell();
      } else if (luck < 780) {
        server().runLoop(chance.nextInt(options.lanes()));
      } else if (luck < 860) {
        machine.flush();
      } else if (luck < 900) {
        machine.network().arrive();
      } else if (luck < 940) {
        if (exports.works(step)) {
          server().export();
        }
      } else if (luck < 985) {
        passTime();
      } else if (luck < 990) {
        server().settle();
      } else if (luck < 994) {
        server().maintain();
      } else {
        seldom();
      }
    } catch (IOException e) {
      server().onFailure(e);
    }
  }

  private void passTime() {
    int luck = chance.nextInt(200);
    if (luck == 0) {
      machine.clock().advance((chance.nextBoolean() ? 20 : 75) * HOUR_MS);
    } else if (luck < 6) {
      machine.clock().advance(chance.nextInt(4 * (int) HOUR_MS));
    } else if (luck < 10) {
      grabAtTheLastMoment();
    } else {
      machine.clock().advance(chance.nextInt(luck < 40 ? 20_000 : 200));
    }
    server().wake(chance.nextInt(options.lanes()));
  }

  // Chance alone would hardly ever find a packet in its last second.
  private void grabAtTheLastMoment() {
    Packet packet = auditor.anyOpenPacket(chance);
    if (packet != null) {
      long leftMs = packet.spec.expiresAtMs() - machine.clock().nowMs();
      machine.clock().advance(Math.max(0, leftMs - 1 - chance.nextInt(300)));
      ask(clients.packets().grab(packet.spec.packetId()));
      server().settle();
      machine.clock().advance(chance.nextInt(1_000));
    }
  }

  private void seldom() throws IOException {
    switch (chance.nextInt(8)) {
      case 0, 1, 2 -> machine.snapshot();
      case 3 -> {
        if (chance.nextInt(20) == 0) {
          readModel.lose();
        } else {
          bank.remind();
        }
      }
      case 4 -> {
        marks.count(Fault.CLOCK_STEPPED);
        machine.clock().stepWall(chance.nextInt(40_000) - 20_000);
      }
      case 5 -> server().forEachDurable(auditor::durable);
      default -> machine.breakSomething();
    }
  }

  private void tell() {
    Word word = bank.next();
    if (word != null) {
      ask(new Request(word.partition(), word.command()));
    }
  }

  void ask(Request request) {
    Command command = request.command();
    Actor actor = operators.of(command);
    if (actor != null) {
      auditor.lines().signed(command, actor);
    }
    server()
        .submit(
            chance.nextInt(options.lanes()),
            request.partition(),
            actor == null ? command : new Acted(command, actor),
            (answer, position, isRepeat) -> {
              auditor.heard(request.partition(), command, answer, position, isRepeat);
              clients.heard(command, answer);
              notices.heard(request, answer, server());
            });
  }

  // For the ending.

  void heal() throws IOException {
    bank.heal();
    readModel.heal();
    machine.heal();
  }

  /** The process is gone, perhaps the machine too; it comes back, perhaps not at once. */
  void end() throws IOException {
    machine.end();
  }

  void passQuietly(long ms) throws IOException {
    machine.clock().advance(ms);
    server().settle();
    // Tight limits let a few timers run per turn, and a long run leaves thousands that are due. A
    // partition that has nothing new looks at them again when the clock has moved.
    for (int i = 0; i < DUE_TURNS_MAX && server().hasDueTimers(machine.clock().nowMs()); i++) {
      machine.clock().advance(1);
      server().settle();
    }
    machine.network().arriveAll();
    bank.remind();
    for (Word word = bank.next(); word != null; word = bank.next()) {
      ask(new Request(word.partition(), word.command()));
      server().settle();
    }
    for (int i = 0; i < 40 && !server().isExportDrained(); i++) {
      server().export();
    }
    Throwable cause = server().failure();
    if (cause instanceof SimFailure found) {
      throw found;
    }
    SimFailure.require(cause == null, "the engine stopped although all is healed: " + cause);
  }

  SimServer server() {
    return machine.server();
  }

  FaultyDisk disk() {
    return machine.disk();
  }

  SimBank bank() {
    return bank;
  }
}
