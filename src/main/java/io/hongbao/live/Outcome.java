// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import io.hongbao.live.SayOutcome.Refused;

/**
 * What became of something else than a message.
 *
 * @param <T> what is shown when it was done
 */
public sealed interface Outcome<T> {

  /** It is done, and durable if it is to last. */
  record Done<T>(T value) implements Outcome<T> {}

  /** It is not done. */
  record No<T>(Refused why) implements Outcome<T> {}

  /** It holds in memory, and could not be kept: a restart would forget it. */
  record Unkept<T>(Throwable cause) implements Outcome<T> {}
}
