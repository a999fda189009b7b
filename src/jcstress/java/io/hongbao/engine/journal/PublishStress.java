// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Queues under jcstress".
package io.hongbao.engine.journal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Whoever sees a position as durable sees all that was written before it was published. */
@JCStressTest
@Outcome(id = "0, [01]", expect = Expect.ACCEPTABLE, desc = "Not durable yet, as far as it sees.")
@Outcome(id = "7, 1", expect = Expect.ACCEPTABLE, desc = "Durable, and the write is there.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Durable before it was written.")
@State
public class PublishStress {

  private final DurablePositions positions = Rings.positions();
  private final FlushedSequences flushed = new FlushedSequences(1);
  private int written;

  @Actor
  public void writer() {
    flushed.note(0, 7);
    written = 1;
    flushed.publishTo(positions);
  }

  @Actor
  public void loop(II_Result result) {
    result.r1 = (int) positions.sequence(0);
    result.r2 = written;
  }
}
