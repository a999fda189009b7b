// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/** Why a WebSocket ends; from 4000 on ours, see docs/PROTOCOL.md. */
final class CloseCode {

  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL = 1002;
  static final int UNSUPPORTED = 1003;
  static final int NOT_UTF8 = 1007;
  static final int TOO_LONG = 1009;
  static final int INTERNAL = 1011;

  /** The session that let the user in has ended. */
  static final int REVOKED = 4001;

  /** The user may not read the one room that this connection is for any more. */
  static final int FORBIDDEN = 4003;

  /** Nothing was heard for too long. */
  static final int SILENT = 4002;

  /** Reads too slowly even for money events; resumable. */
  static final int TOO_SLOW = 4008;

  /** Too many messages or connections. */
  static final int TOO_MANY = 4009;

  private CloseCode() {}

  /** Whether a peer may send this code, RFC 6455 section 7.4. */
  static boolean isAllowed(int code) {
    return (code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006)
        || (code >= 3000 && code <= 4999);
  }
}
