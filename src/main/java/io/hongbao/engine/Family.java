// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Families".
package io.hongbao.engine;

import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;

/**
 * One kind of business state inside one partition: its rules, its appliers, its bytes.
 *
 * <p><b>Thread:</b> the partition's; a second instance belongs to the snapshot builder.
 *
 * <p><b>Invariant:</b> only {@link #apply}, {@link #acknowledged} and {@link #load} change state,
 * and they use nothing but their arguments and the state; so replay gives the same state and the
 * same hash.
 */
public interface Family extends KeyedCommand.Recall {

  EventCodec codec();

  /**
   * Judges a command: emits events, or refuses, or answers a read. Must call exactly one of the
   * decision's answering methods.
   */
  void decide(Command command, Decision decision);

  /** Changes the state as a journaled event says. */
  void apply(Event event, Stamp stamp);

  /** Changes the state when the receiver has a transfer of this family durably. */
  default void acknowledged(Transfer transfer, Stamp stamp) {}

  /**
   * Takes over a transfer that another partition sent; must emit the event that accounts for it.
   */
  default void receive(Transfer transfer, Decision decision) {
    throw new IllegalStateException("family takes no transfers");
  }

  /** A timer is due; the entity may have changed since, so the rule looks for itself. */
  default void timer(int kind, long id, Decision decision) {}

  /** The state is whole and goes live: what the process shares of it is published now. */
  default void activated() {}

  /** Writes every entity. */
  void save(SnapshotOutput output);

  /** Reads what {@link #save} wrote into an empty state, timers included. */
  void load(SnapshotInput input);

  @Override
  default void recall(KeyedCommand command, long resultId, Decision decision) {
    throw new IllegalStateException("family stores no keyed answers");
  }

  /** Puts together one instance per partition state. */
  interface Factory {
    Family create(PartitionParts parts);
  }
}
