// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.Transfer;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;

/** Lets the auditor see each decision of a real family where and when it is taken. */
final class WatchedFamily implements Family {

  private final Family inner;
  private final int partition;
  private final Auditor auditor;

  WatchedFamily(Family inner, int partition, Auditor auditor) {
    this.inner = inner;
    this.partition = partition;
    this.auditor = auditor;
  }

  @Override
  public EventCodec codec() {
    return inner.codec();
  }

  @Override
  public void decide(Command command, Decision decision) {
    auditor.beginCommand(partition, command, decision.nowMs());
    inner.decide(command, decision);
    auditor.endCommand(command);
  }

  @Override
  public void recall(KeyedCommand command, long resultId, Decision decision) {
    inner.recall(command, resultId, decision);
    auditor.recalled(partition, command, resultId, decision.nowMs());
  }

  @Override
  public void receive(Transfer transfer, Decision decision) {
    auditor.beginTransfer(partition, transfer, decision.nowMs());
    inner.receive(transfer, decision);
    auditor.end();
  }

  @Override
  public void timer(int kind, long id, Decision decision) {
    auditor.beginTimer(partition, decision.nowMs());
    inner.timer(kind, id, decision);
    auditor.end();
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    inner.apply(event, stamp);
    auditor.applied(event, stamp);
  }

  @Override
  public void acknowledged(Transfer transfer, Stamp stamp) {
    inner.acknowledged(transfer, stamp);
    auditor.acknowledged(partition, transfer, stamp);
  }

  @Override
  public void activated() {
    inner.activated();
  }

  @Override
  public void save(SnapshotOutput output) {
    inner.save(output);
  }

  @Override
  public void load(SnapshotInput input) {
    inner.load(input);
  }
}
