// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

/** First 16 bytes of a token's SHA-256, as a map's key. */
record TokenHash(long high, long low) {

  @Override
  public int hashCode() {
    // The bits are a hash already.
    return (int) high;
  }
}
