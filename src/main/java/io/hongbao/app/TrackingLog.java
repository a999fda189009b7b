// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.app;

import io.hongbao.live.Say;
import io.hongbao.live.SayOutcome;
import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.live.SayOutcome.Said;
import io.hongbao.live.SayOutcome.Waits;
import io.hongbao.live.Tracker;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Writes a line of the log for every attempt to say something; never what was said.
 *
 * <p><b>Thread:</b> any.
 */
final class TrackingLog implements Tracker {

  private static final Logger LOG = System.getLogger("io.hongbao.live.Tracking");
  private static final long NANOS_PER_US = 1_000;

  @Override
  public void said(Say say, SayOutcome outcome, long tookNanos) {
    LOG.log(
        Level.INFO,
        () ->
            "say room="
                + say.roomId()
                + " user="
                + say.userId()
                + " chars="
                + say.text().codePointCount(0, say.text().length())
                + " position="
                + say.position().wireName()
                + " outcome="
                + name(outcome)
                + " us="
                + tookNanos / NANOS_PER_US);
  }

  private static String name(SayOutcome outcome) {
    return switch (outcome) {
      case Said said -> said.isRepeat() ? "repeated" : "said seq=" + said.entry().sequence();
      case Waits waits -> "waits place=" + waits.ticket().place();
      case Refused refused -> refused.code().wireName();
    };
  }
}
