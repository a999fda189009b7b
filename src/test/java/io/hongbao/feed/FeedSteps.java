// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/** Makes the steps of a feed that has no thread. */
public final class FeedSteps {

  private FeedSteps() {}

  /** Reads what became durable; true if there may be more at once. */
  public static boolean step(Feed feed) {
    return feed.step();
  }
}
