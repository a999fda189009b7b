// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.engine.journal.LocalJournal;
import io.hongbao.export.RecordSource;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Feed;
import io.hongbao.feed.FeedLimits;
import io.hongbao.feed.FeedThreads;
import io.hongbao.feed.type.AccountFeed;
import io.hongbao.feed.type.ApiKeyFeed;
import io.hongbao.feed.type.EngineFeed;
import io.hongbao.feed.type.PersonFeed;
import io.hongbao.feed.type.RedPacketFeed;
import io.hongbao.feed.type.RoomFeed;
import io.hongbao.feed.type.SandboxFeed;
import io.hongbao.feed.type.SessionFeed;
import io.hongbao.feed.type.WebhookFeed;
import io.hongbao.http.AssetTable;
import io.hongbao.http.EventJson;
import io.hongbao.time.TimeSource;
import java.util.List;

/**
 * The public event feed of one process.
 *
 * <p><b>Thread:</b> the starter's; the feed has threads of its own.
 */
final class FeedRuntime {

  private final Feed feed;
  private final FeedThreads threads;

  private FeedRuntime(Feed feed, FeedThreads threads) {
    this.feed = feed;
    this.threads = threads;
  }

  /** What every family shows: a new one is a line here, also when it shows nothing. */
  static List<FamilyFeed> families() {
    return List.of(
        new EngineFeed(),
        new RedPacketFeed(),
        new AccountFeed(),
        new SessionFeed(),
        new RoomFeed(),
        new SandboxFeed(),
        new ApiKeyFeed(),
        new PersonFeed(),
        new WebhookFeed());
  }

  static FeedRuntime start(
      Configuration configuration, LocalJournal journal, int partitions, TimeSource time) {
    AssetTable assets = new AssetTable(configuration.assets());
    FeedLimits limits =
        FeedLimits.DEFAULT
            .withTailBytesMax(configuration.events().tailBytesMax())
            .withReadersMax(configuration.events().fileReadersMax());
    FeedThreads threads = new FeedThreads(limits.readThreads());
    Feed feed =
        new Feed(
            RecordSource.of(journal, partitions, journal::firstLogPosition),
            FeedRuntime::families,
            () -> new EventJson(assets),
            limits,
            threads.files(),
            time);
    threads.start(feed);
    return new FeedRuntime(feed, threads);
  }

  Feed feed() {
    return feed;
  }

  /** Something has become durable. */
  void wake() {
    threads.wake();
  }

  void stop(long deadlineMs) throws InterruptedException {
    threads.stop(deadlineMs);
  }
}
