// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rate limits".
package io.hongbao.http.rate;

import java.util.Locale;

/** What a request counts as. */
public enum RateClass {
  /** A user asks for something that is in memory. */
  READ(0),
  /** A user changes something. */
  WRITE(1),
  /** A user asks the read model. */
  LIST(2),
  /** Whatever a backend or an operator asks with a key. */
  KEY(3),
  /** Anybody asks without saying who; counted by address. */
  ADDRESS(4),
  /** Somebody shows a token or a key that is not good; counted by address. */
  FAILURE(5),
  /** Somebody says something in a room; counted by user, whoever carries it. */
  CHAT(6);

  private final int index;

  RateClass(int index) {
    this.index = index;
  }

  /** From 0, for tables. */
  int index() {
    return index;
  }

  /** Its name in the configuration, in headers and in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
