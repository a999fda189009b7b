// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/** Why somebody who reads a room may not read it any more. */
public enum CutOff {
  /** A moderator has banned him. */
  BANNED("banned", "You have been banned from this room."),
  /** He is no member any more. */
  NO_MEMBER("not_found", "You are in this room no more.");

  private final String code;
  private final String detail;

  CutOff(String code, String detail) {
    this.code = code;
    this.detail = detail;
  }

  String code() {
    return code;
  }

  String detail() {
    return detail;
  }
}
