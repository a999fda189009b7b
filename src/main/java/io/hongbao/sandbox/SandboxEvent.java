// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sandbox".
package io.hongbao.sandbox;

import io.hongbao.engine.Event;

/** What is journaled about the sandbox. */
public sealed interface SandboxEvent extends Event {

  /** The clock is ahead of the wall by this much in all. */
  record ClockAdvanced(long totalOffsetMs) implements SandboxEvent {}
}
