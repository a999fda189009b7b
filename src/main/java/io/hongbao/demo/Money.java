// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

/** Writes amounts as people do; all of the play is in one asset. */
final class Money {

  static final String ASSET = "CNY";

  /** Digits after the point, as {@code GET /v1/assets} tells for {@link #ASSET}. */
  private static final int MINOR_PER_UNIT = 100;

  private Money() {}

  /** 10000 gives "100.00 CNY". */
  static String text(long minor) {
    return number(minor) + " " + ASSET;
  }

  /** 10000 gives "100.00". */
  static String number(long minor) {
    // Not by Math.abs of the whole: the smallest long has no positive counterpart.
    long units = Math.abs(minor / MINOR_PER_UNIT);
    long rest = Math.abs(minor % MINOR_PER_UNIT);
    return (minor < 0 ? "-" : "") + units + (rest < 10 ? ".0" : ".") + rest;
  }
}
