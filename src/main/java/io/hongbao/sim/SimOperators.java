// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Actor;
import io.hongbao.engine.Command;
import io.hongbao.redpacket.RedPacketCommand;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Operators with keys of their own, in whose name much is asked: what that changes is audited. The
 * same is asked in nobody's name too, and then it is not.
 */
final class SimOperators {

  private static final int KEYS = 4;

  private final SplittableRandom chance;

  SimOperators(SplittableRandom chance) {
    this.chance = chance;
  }

  /** In whose name a command is asked; null when people ask it for themselves. */
  @Nullable Actor of(Command command) {
    if (command instanceof RedPacketCommand || chance.nextInt(3) == 0) {
      return null;
    }
    // 0 is the key file of the data directory.
    int key = chance.nextInt(KEYS);
    return new Actor(
        key,
        "operator-" + key,
        "POST /v1/operator/" + command.getClass().getSimpleName(),
        chance.nextInt(3) == 0 ? "" : "because of " + chance.nextInt(1_000));
  }
}
