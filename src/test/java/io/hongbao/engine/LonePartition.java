// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import io.hongbao.engine.ScriptFamily.Do;
import io.hongbao.engine.ScriptFamily.Done;
import io.hongbao.engine.ScriptFamily.Gift;
import io.hongbao.engine.ScriptFamily.Given;
import io.hongbao.engine.ScriptFamily.Noted;
import io.hongbao.time.SeededRandomness;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Partition 0 of four with a scripted family; what it says to the others is written down. */
final class LonePartition {

  final HandClock clock = new HandClock();
  final MemoryJournal journal = new MemoryJournal();
  final List<TransferBatch> sent = new ArrayList<>();
  final List<Long> marks = new ArrayList<>();
  final List<Throwable> fatal = new ArrayList<>();
  final PartitionCore core =
      new PartitionCore(
          PartitionState.empty(new EngineShape(1, 4), 0, true, List.of(ScriptFamily.factory())),
          PartitionSettings.defaults(),
          new PartitionCore.Surroundings(
              clock,
              new SeededRandomness(1),
              journal,
              new Links(),
              (partition, effect) -> {},
              fatal::add));
  final ScriptFamily family = (ScriptFamily) core.state().family(ScriptFamily.SCHEMA_ID);

  // Held, since a logger that nobody holds forgets its level.
  private final Logger logger = Logger.getLogger(PartitionCore.class.getName());

  private final class Links implements PartitionLinks {
    @Override
    public boolean send(TransferBatch batch) {
      sent.add(batch);
      return true;
    }

    @Override
    public boolean acknowledge(int source, int receiver, long upTo) {
      marks.add(upTo);
      return true;
    }
  }

  Heard submit(Command command) {
    Heard heard = new Heard();
    core.submit(command, heard);
    return heard;
  }

  /** Does something at which the partition logs an error, without the noise. */
  void quietly(Runnable step) {
    Level before = logger.getLevel();
    logger.setLevel(Level.OFF);
    try {
      step.run();
    } finally {
      logger.setLevel(before);
    }
  }

  /** Makes everything durable, lets it out, ends the turn. */
  void settle() {
    journal.force();
    core.release(journal.durable());
    core.endTurn(journal.durable());
  }

  static Command note(long number) {
    return new Do(
        decision -> {
          decision.emit(new Noted(number, 0));
          decision.answer(new Done(number));
        });
  }

  static Command give(int destination, long number) {
    return give(destination, new Gift(number, 0));
  }

  static Command give(int destination, Gift gift) {
    return new Do(
        decision -> {
          decision.emit(new Given(destination, gift));
          decision.answer(new Done(gift.number()));
        });
  }

  static TransferBatch gifts(long firstNumber, long... numbers) {
    List<Transfer> gifts = new ArrayList<>();
    for (long number : numbers) {
      gifts.add(new Gift(number, 0));
    }
    return new TransferBatch(1, 0, firstNumber, gifts);
  }
}
