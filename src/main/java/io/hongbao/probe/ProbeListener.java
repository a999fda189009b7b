// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Prober".
package io.hongbao.probe;

/**
 * Hears what the {@link Prober} finds, for metrics.
 *
 * <p><b>Thread:</b> called by one at a time, on any thread; must not block.
 */
public interface ProbeListener {

  /** One partition in one round: answered well and in time, or not. */
  void verdict(boolean isGood);

  /** An answer came, in time or not. */
  void answered(boolean isWrite, long nanos);
}
