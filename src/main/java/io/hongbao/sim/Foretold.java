// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.model.RefusalCode;
import org.jspecify.annotations.Nullable;

/**
 * What a command about people, logins or keys must lead to, said before it is decided.
 *
 * @param code the refusal, or null
 * @param isChange whether it must leave an event; a refusal may, too
 * @param shown what the answer counts or says, in the meaning of the command
 * @param restsOn position on which an answer without a change rests
 */
record Foretold(@Nullable RefusalCode code, boolean isChange, long shown, long restsOn) {

  static Foretold refusal(RefusalCode code, long restsOn) {
    return new Foretold(code, false, 0, restsOn);
  }

  static Foretold change(long shown) {
    return new Foretold(null, true, shown, 0);
  }

  static Foretold changeIf(boolean isChange, long shown, long restsOn) {
    return new Foretold(null, isChange, shown, restsOn);
  }

  static Foretold read(long shown, long restsOn) {
    return new Foretold(null, false, shown, restsOn);
  }
}
