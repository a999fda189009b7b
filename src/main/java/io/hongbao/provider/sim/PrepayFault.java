// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import java.util.Locale;

/** What goes wrong when an order is placed; once, not again when the same order is repeated. */
public enum PrepayFault {
  NONE,
  /** The provider says no, for good. */
  DECLINED,
  /** The connection breaks before the provider has heard of the order. */
  LOST_BEFORE,
  /** The provider places the order, and its answer is lost. */
  LOST_AFTER;

  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
