// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Queues under jcstress".
package io.hongbao.engine.journal;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A full ring: the loop writes again over bytes that the writer has given back, never over those
 * that it is still copying.
 */
@JCStressTest
@Outcome(id = "14, 0", expect = Expect.ACCEPTABLE, desc = "No room yet.")
@Outcome(id = "14, 1", expect = Expect.ACCEPTABLE, desc = "Written where room was given back.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Written over what was being copied.")
@State
public class ReuseStress {

  /** As many records as the reserve lets in. */
  private static final int FULL = 14;

  private final Lane lane = Rings.lane(Rings.positions(), new WriterSignal());

  public ReuseStress() {
    for (int i = 1; i <= FULL; i++) {
      Rings.append(lane, i);
    }
  }

  @Actor
  public void writer(II_Result result) {
    result.r1 = Rings.drain(lane, 1);
    lane.release();
  }

  @Actor
  public void loop(II_Result result) {
    if (lane.hasRoom(Rings.PAYLOAD_BYTES, false)) {
      Rings.append(lane, FULL + 1);
      Rings.append(lane, FULL + 2);
      result.r2 = 1;
    }
  }
}
