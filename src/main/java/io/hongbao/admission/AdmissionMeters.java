// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Metrics".
package io.hongbao.admission;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What one loop's gate measures.
 *
 * <p><b>Thread:</b> written by the loop, read by any.
 */
public final class AdmissionMeters {

  private final AtomicLong admitted = new AtomicLong();
  private final AtomicLong full = new AtomicLong();
  private final AtomicLong fallbacks = new AtomicLong();

  /** Opens that were given a place. */
  public long admitted() {
    return admitted.get();
  }

  /** Opens that found all places of their packet taken. */
  public long full() {
    return full.get();
  }

  /** Opens about which this process decided alone, since the shared gate could not say. */
  public long fallbacks() {
    return fallbacks.get();
  }

  void countAdmitted() {
    admitted.lazySet(admitted.getPlain() + 1);
  }

  void countFull() {
    full.lazySet(full.getPlain() + 1);
  }

  void countFallback() {
    fallbacks.lazySet(fallbacks.getPlain() + 1);
  }
}
