// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

import io.hongbao.model.RefusalCode;

/** What became of one call to an outside service: one of three things, never two of them mixed. */
public sealed interface Reply<T> {

  /** The service answered; the value says what, a refusal by the service included. */
  record Answered<T>(T value) implements Reply<T> {}

  /** The call never left this process; whatever it asked for was certainly not done. */
  record NotSent<T>(RefusalCode code) implements Reply<T> {}

  /** Nobody knows whether it was done: ask again, do not take it for a failure. */
  record Unknown<T>(String reason) implements Reply<T> {}
}
