// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Live rooms".
package io.hongbao.live;

import org.jspecify.annotations.Nullable;

/** Says that history cannot be read at the moment. */
public final class HistoryUnavailableException extends Exception {

  private static final long serialVersionUID = 1L;

  public HistoryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
