// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Answer;
import io.hongbao.model.RefusalCode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a command must hear.
 *
 * @param code the refusal, or null
 * @param onlyLoad nothing was changed although it should have been: only a limit explains that
 * @param mayBeBusy whether the packet may have too many opens under way
 * @param check compares an answer that is no refusal
 * @param restsOn highest position that the answer shows; it must be durable
 */
record Expectation(
    @Nullable RefusalCode code,
    boolean onlyLoad,
    boolean mayBeBusy,
    Consumer<Answer> check,
    long restsOn) {

  static Expectation refusal(RefusalCode code, long restsOn) {
    return new Expectation(code, false, false, answer -> {}, restsOn);
  }

  static Expectation of(Consumer<Answer> check, long restsOn, boolean mayBeBusy) {
    return new Expectation(null, false, mayBeBusy, check, restsOn);
  }

  static Expectation load(boolean mayBeBusy) {
    return new Expectation(null, true, mayBeBusy, answer -> {}, 0);
  }
}
