// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/**
 * The peer did what the protocol forbids; the connection ends with this code.
 *
 * <p>Without a stack: it is the peer's doing, and may come a million times.
 */
final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int code;

  ProtocolException(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }

  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}
