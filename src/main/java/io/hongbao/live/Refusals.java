// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.SayOutcome.Refused;
import io.hongbao.model.RefusalCode;

/** Refusals of live rooms, each with the time that it names. */
final class Refusals {

  /** What a full queue of a loop takes to empty, many times over. */
  private static final long OVERLOADED_MS = 1_000;

  private Refusals() {}

  static Refused of(RefusalCode code) {
    return new Refused(code, code.sentence(), 0);
  }

  /** One that is over after a time. */
  static Refused after(RefusalCode code, long ms) {
    return new Refused(code, code.sentence(), Math.max(1, ms));
  }

  static Refused overloaded() {
    return after(RefusalCode.OVERLOADED, OVERLOADED_MS);
  }

  static Refused sanctioned(Sanction sanction, long nowMs) {
    RefusalCode code =
        sanction.kind() == Sanction.Kind.BAN ? RefusalCode.BANNED : RefusalCode.MUTED;
    String detail =
        sanction.reason().isEmpty()
            ? code.sentence()
            : code.sentence() + " Reason: " + sanction.reason();
    return new Refused(code, detail, Math.max(1, sanction.untilMs() - nowMs));
  }
}
