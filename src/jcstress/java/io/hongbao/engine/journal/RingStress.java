// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Queues under jcstress".
package io.hongbao.engine.journal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * A loop appends while the writer drains: what the writer counts as waiting it finds, whole and in
 * order, and in the end nothing is missing.
 */
@JCStressTest
@Outcome(id = "0, [0-2], 2", expect = Expect.ACCEPTABLE, desc = "Counted none, found some.")
@Outcome(id = "1, [1-2], 2", expect = Expect.ACCEPTABLE, desc = "Counted one, found it.")
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "Counted both, found both.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Counted what is not there, or torn, or lost.")
@State
public class RingStress {

  private final Lane lane = Rings.lane(Rings.positions(), new WriterSignal());
  private int taken;

  @Actor
  public void loop() {
    lane.beginBatch();
    Rings.append(lane, 1);
    Rings.append(lane, 2);
    lane.endBatch();
  }

  @Actor
  public void writer(III_Result result) {
    result.r1 = (int) lane.waitingRecords();
    result.r2 = Rings.drain(lane, 1);
    taken = Math.max(0, result.r2);
  }

  @Arbiter
  public void rest(III_Result result) {
    int more = Rings.drain(lane, 1 + taken);
    result.r3 = more < 0 ? more : taken + more;
  }
}
