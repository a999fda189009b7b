// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.io.IOException;

/** A request got no answer: whether it was carried out is not known. */
final class ServerLostException extends IOException {

  private static final long serialVersionUID = 1L;

  ServerLostException(Call call, IOException cause) {
    super("no answer to " + call + ": " + clause(cause), cause);
  }

  private static String clause(IOException cause) {
    String message = cause.getMessage();
    return cause.getClass().getSimpleName() + (message == null ? "" : " (" + message + ")");
  }
}
