// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Queues under jcstress".
package io.hongbao.engine.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A writer that goes to sleep while a record comes either sees it or is woken. */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Saw it and stays awake.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Did not see it and was woken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Sleeps beside a record.")
@State
public class WakeStress {

  private static final VarHandle SLEEPER;

  static {
    try {
      SLEEPER =
          MethodHandles.privateLookupIn(WriterSignal.class, MethodHandles.lookup())
              .findVarHandle(WriterSignal.class, "sleeper", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final WriterSignal signal = new WriterSignal();
  private final Lane lane = Rings.lane(Rings.positions(), signal);

  @Actor
  public void loop() {
    lane.beginBatch();
    Rings.append(lane, 1);
    lane.endBatch();
  }

  // As JournalThreads does: says that it is about to sleep, looks once more, sleeps or does not.
  @Actor
  public void writer(II_Result result) {
    signal.aboutToSleep();
    if (lane.waitingRecords() > 0) {
      signal.stayAwake();
      result.r1 = 1;
    }
  }

  @Arbiter
  public void asleep(II_Result result) {
    result.r2 = SLEEPER.getVolatile(signal) == null ? 0 : 1;
  }
}
