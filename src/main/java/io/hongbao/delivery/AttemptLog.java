// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The newest attempts of one webhook.
 *
 * <p><b>Thread:</b> any. <b>Limit:</b> {@link #COUNT_MAX}; gone with the process.
 */
final class AttemptLog {

  static final int COUNT_MAX = 100;

  private final ArrayDeque<Attempt> attempts = new ArrayDeque<>();

  synchronized void add(Attempt attempt) {
    if (attempts.size() == COUNT_MAX) {
      attempts.removeFirst();
    }
    attempts.addLast(attempt);
  }

  /** The newest first. */
  synchronized List<Attempt> newest() {
    List<Attempt> newest = new ArrayList<>(attempts);
    Collections.reverse(newest);
    return newest;
  }
}
