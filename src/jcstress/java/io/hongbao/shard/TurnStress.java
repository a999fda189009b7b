// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Queues under jcstress".
package io.hongbao.shard;

import io.hongbao.engine.Refusal;
import io.hongbao.engine.journal.Journal;
import io.hongbao.engine.journal.JournalAppender;
import io.hongbao.model.RefusalCode;
import io.hongbao.time.TimeSource;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * Letters come from two other lanes while a lane takes its turn: each letter is read in this turn,
 * or another turn is scheduled; never more than one. Two actors, since jcstress wants a core for
 * each.
 */
@JCStressTest
@Outcome(id = "2, [01]", expect = Expect.ACCEPTABLE, desc = "All read, perhaps a turn for nothing.")
@Outcome(id = "[01], 1", expect = Expect.ACCEPTABLE, desc = "One turn will read the rest.")
@Outcome(expect = Expect.FORBIDDEN, desc = "A letter lies there and nobody comes.")
@State
public class TurnStress {

  private static final int TO = 2;
  private static final Journal JOURNAL = stub(Journal.class);
  private static final TimeSource TIME = stub(TimeSource.class);

  private final AtomicInteger scheduled = new AtomicInteger();
  private final AtomicInteger read = new AtomicInteger();
  private final Executor loop = turn -> scheduled.incrementAndGet();
  private final LaneSet lanes = new LaneSet(List.of(loop, loop, loop), 1, 4, JOURNAL, TIME);

  public TurnStress() {
    // A turn is scheduled already: the one that the other actor takes.
    lanes.lane(TO).wake();
  }

  private static <T> T stub(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            TurnStress.class.getClassLoader(),
            new Class<?>[] {type, JournalAppender.class},
            (proxy, method, args) ->
                method.getReturnType() == long.class
                    ? (Object) 0L
                    : method.getReturnType() == JournalAppender.class ? proxy : null));
  }

  private void post(int from) {
    Refusal letter = new Refusal(RefusalCode.OVERLOADED, 0);
    lanes.offer(
        from,
        TO,
        new Mail.ReplyMail(
            (answer, position, repeated) -> read.incrementAndGet(), letter, 0, false));
    lanes.lane(TO).wake();
  }

  @Actor
  public void others() {
    post(0);
    post(1);
  }

  @Actor
  public void turn() {
    scheduled.decrementAndGet();
    lanes.lane(TO).turn();
  }

  @Arbiter
  public void left(II_Result result) {
    result.r1 = read.get();
    result.r2 = scheduled.get();
  }
}
