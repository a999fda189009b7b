// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Template;
import io.hongbao.sandbox.SandboxCodec;
import io.hongbao.sandbox.SandboxEvent;
import io.hongbao.sandbox.SandboxEvent.ClockAdvanced;
import io.hongbao.sandbox.codec.ClockAdvancedDecoder;
import java.util.List;

/** The sandbox's clock: whoever tests with events wants to know why times jump. */
public final class SandboxFeed implements FamilyFeed {

  /** There is one clock. */
  private static final long CLOCK = 1;

  private final EventCodec codec = new SandboxCodec();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Template> templates() {
    return List.of(
        new Template.Shown(ClockAdvancedDecoder.TEMPLATE_ID, "sandbox.clock_advanced", "clock"));
  }

  @Override
  public long subjectId(Event event) {
    return CLOCK;
  }

  @Override
  public void write(Event event, DataWriter data) {
    switch ((SandboxEvent) event) {
      case ClockAdvanced e -> data.number("total_offset_ms", e.totalOffsetMs());
    }
  }
}
