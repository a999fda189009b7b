// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import io.vertx.core.json.JsonObject;

/**
 * What the server answered.
 *
 * @param body empty when there was none
 * @param replayed whether it says that it is the kept answer to an earlier request
 */
record Answer(int status, JsonObject body, boolean replayed) {

  private static final int OK_MIN = 200;
  private static final int OK_MAX = 299;
  private static final int BUSY = 503;
  private static final int TOO_MANY = 429;
  private static final int MISMATCH = 409;

  boolean isOk() {
    return status >= OK_MIN && status <= OK_MAX;
  }

  /** Whether it says that nothing was done and that it makes sense to come again. */
  boolean isBusy() {
    return status == BUSY || status == TOO_MANY;
  }

  boolean isKeyReused() {
    return status == MISMATCH && code().equals("key_reused");
  }

  String code() {
    return body.getString("code", "");
  }

  @Override
  public String toString() {
    return status + " " + (replayed ? "(again) " : "") + body.encode();
  }
}
