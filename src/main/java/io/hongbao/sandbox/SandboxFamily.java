// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sandbox".
package io.hongbao.sandbox;

import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.RefusalCode;
import io.hongbao.sandbox.SandboxEvent.ClockAdvanced;
import java.util.function.LongConsumer;

/** The sandbox's clock in one partition; only partition 0 ever has an offset. */
public final class SandboxFamily implements Family {

  private static final int VERSION = 1;
  private static final int DIGEST_TAG = 90;

  private final PartitionParts parts;
  private final LongConsumer onOffset;
  private final SandboxCodec codec = new SandboxCodec();
  private long totalOffsetMs;

  private SandboxFamily(PartitionParts parts, LongConsumer onOffset) {
    this.parts = parts;
    this.onOffset = onOffset;
  }

  /**
   * The line of wiring.
   *
   * @param onOffset told how far the clock is ahead in all, when that is durable
   */
  public static Family.Factory factory(LongConsumer onOffset) {
    return parts -> new SandboxFamily(parts, onOffset);
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    if (parts.partition() != AdvanceClock.PARTITION) {
      throw new IllegalArgumentException("the sandbox's clock went astray");
    }
    long byMs = ((AdvanceClock) command).byMs();
    if (byMs <= 0) {
      decision.refuse(RefusalCode.CLOCK_BACKWARD);
      return;
    }
    if (byMs > AdvanceClock.BY_MS_MAX || byMs > AdvanceClock.TOTAL_MS_MAX - totalOffsetMs) {
      decision.lookedAtEverything();
      decision.refuse(RefusalCode.MALFORMED_REQUEST);
      return;
    }
    long total = totalOffsetMs + byMs;
    decision.emit(new ClockAdvanced(total));
    decision.publish(() -> onOffset.accept(total));
    decision.answer(new AdvanceClock.Advanced(total));
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    set(((ClockAdvanced) event).totalOffsetMs());
  }

  private void set(long offsetMs) {
    if (totalOffsetMs != 0) {
      parts.stateHash().remove(digest());
    }
    totalOffsetMs = offsetMs;
    if (totalOffsetMs != 0) {
      parts.stateHash().add(digest());
    }
  }

  private long digest() {
    return Digest.mix(Digest.start(DIGEST_TAG), totalOffsetMs);
  }

  @Override
  public void activated() {
    if (totalOffsetMs != 0) {
      onOffset.accept(totalOffsetMs);
    }
  }

  @Override
  public void save(SnapshotOutput output) {
    output.putInt(VERSION);
    output.putLong(totalOffsetMs);
  }

  @Override
  public void load(SnapshotInput input) {
    Check.equal(input.getInt(), VERSION, "version of the sandbox's snapshot");
    set(input.getLong());
  }
}
