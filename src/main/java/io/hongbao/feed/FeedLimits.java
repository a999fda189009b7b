// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/**
 * What the feed may use.
 *
 * @param tailEventsMax events kept in memory
 * @param tailBytesMax bytes of envelopes kept in memory
 * @param readThreads threads that read files
 * @param readersMax readers of files kept open between two pages
 * @param readsWaitingMax pages that wait for such a thread; more are refused
 * @param lingerMs how long the newest events are kept after nobody has asked for any
 */
public record FeedLimits(
    int tailEventsMax,
    long tailBytesMax,
    int readThreads,
    int readersMax,
    int readsWaitingMax,
    long lingerMs) {

  public static final FeedLimits DEFAULT = new FeedLimits(16_384, 16L << 20, 2, 16, 256, 10_000);

  public FeedLimits withTailBytesMax(long bytes) {
    return new FeedLimits(tailEventsMax, bytes, readThreads, readersMax, readsWaitingMax, lingerMs);
  }

  public FeedLimits withReadersMax(int readers) {
    return new FeedLimits(
        tailEventsMax, tailBytesMax, readThreads, readers, readsWaitingMax, lingerMs);
  }
}
