// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Redis".
package io.hongbao.redis;

/** Redis did not answer a call; whether it carried the call out is not known. */
public final class RedisUnavailableException extends Exception {

  private static final long serialVersionUID = 1;

  /** Thrown thousands of times a second while Redis is away, and nobody reads where from. */
  RedisUnavailableException(String message) {
    super(message, null, false, false);
  }
}
