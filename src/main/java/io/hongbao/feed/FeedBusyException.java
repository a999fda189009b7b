// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/** Says that too many readers of old events wait already. */
public final class FeedBusyException extends Exception {

  private static final long serialVersionUID = 1L;

  public FeedBusyException() {
    super("too many readers of old events", null, false, false);
  }
}
