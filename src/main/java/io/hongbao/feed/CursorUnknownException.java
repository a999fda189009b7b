// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/** Says that a cursor does not belong to this log. */
public final class CursorUnknownException extends Exception {

  private static final long serialVersionUID = 1L;

  public CursorUnknownException() {
    super("the cursor is not one of this log", null, false, false);
  }
}
