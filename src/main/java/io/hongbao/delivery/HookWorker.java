// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.delivery.HookQueue.Entry;
import io.hongbao.feed.CursorUnknownException;
import io.hongbao.feed.FeedPage;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PageSize;
import io.hongbao.feed.PublicEvent;
import io.hongbao.feed.TypeFilter;
import io.hongbao.webhook.HookPlace;
import io.hongbao.webhook.PauseReason;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookCommand.AdvanceWebhook;
import io.hongbao.webhook.WebhookCommand.PauseWebhook;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Serves one webhook, from one place on, until it is moved, changed or gone.
 *
 * <p><b>Thread:</b> the deliveries' executor.
 *
 * <p><b>Durability:</b> what was accepted is journaled now and then; what was accepted after the
 * last time is sent again after a crash.
 */
final class HookWorker {

  private static final Logger LOG = System.getLogger(HookWorker.class.getName());
  private static final PageSize PAGE = new PageSize(256, 256 * 1024);

  /** Hidden records that were passed count as progress only from so many bytes of log on. */
  private static final long QUIET_BYTES = 4L << 20;

  /** After files could not be read. */
  private static final long AGAIN_MS = 1_000;

  private final HookSurroundings around;
  private final HookLimits limits;
  private final AttemptLog log;
  private final HookQueue queue;
  private final HookPace pace;
  private final TypeFilter filter;
  private final int turn;
  private Webhook webhook;
  private boolean isForeign = true;
  private boolean isReading;
  private boolean isOver;
  private long readAgainMs;
  private FeedPlace savedPlace;
  private long savedFailingSinceMs;
  // Of the life before, until the oldest event is accepted in this one.
  private long inheritedFailingSinceMs;
  private long savedAtMs;
  private long acceptedSinceSaved;
  private long acceptedAtMs;
  private volatile HookProgress progress;

  /**
   * Begins to serve.
   *
   * @param start where; not before the webhook's own place
   */
  HookWorker(
      Webhook webhook,
      FeedPlace start,
      HookSurroundings around,
      HookLimits limits,
      AttemptLog log) {
    this.webhook = webhook;
    this.around = around;
    this.limits = limits;
    this.log = log;
    this.turn = webhook.turn();
    this.savedPlace = start;
    this.savedFailingSinceMs = webhook.failingSinceMs();
    this.inheritedFailingSinceMs = webhook.failingSinceMs();
    this.queue = new HookQueue(savedPlace, limits);
    this.pace = new HookPace(limits, around.chance());
    // A type that is no longer known is no reason to send nothing at all.
    TypeFilter named = around.feed().catalog().filter(List.of(webhook.eventTypes().split(",")));
    this.filter = named == null ? around.feed().catalog().everything() : named;
    this.progress = new HookProgress(savedPlace, 0, 0, savedFailingSinceMs, 0);
  }

  static FeedPlace placeOf(Webhook webhook) {
    HookPlace place = webhook.place();
    return new FeedPlace(place.logPosition(), place.passed(), place.check(), place.logPosition());
  }

  /** Whether the worker can go on with the webhook as it is now. */
  boolean fits(Webhook now) {
    return now.turn() == turn && now.eventTypes().equals(webhook.eventTypes());
  }

  /** Where another worker goes on with the same webhook. */
  FeedPlace acceptedTo() {
    return queue.acceptedTo();
  }

  int turn() {
    return turn;
  }

  void update(Webhook now) {
    webhook = now;
  }

  HookProgress progress() {
    return progress;
  }

  /** Does all that can be done now. */
  void pump(long nowMs) {
    if (isOver) {
      return;
    }
    readMore(nowMs);
    while (queue.inFlight() < pace.allowed(nowMs)) {
      Entry entry = queue.next(nowMs);
      if (entry == null) {
        break;
      }
      send(entry, nowMs);
    }
    giveUp(nowMs);
    checkpoint(nowMs);
    progress =
        new HookProgress(
            queue.acceptedTo(), queue.size(), queue.inFlight(), failingSinceMs(), acceptedAtMs);
  }

  private void readMore(long nowMs) {
    while (!isReading && !isOver && queue.wantsMore() && nowMs >= readAgainMs) {
      FeedPlace from = queue.readTo();
      if (!isForeign && !around.feed().hasMoreThan(from)) {
        return;
      }
      FeedPage page = around.feed().fromMemory(from, isForeign, filter, PAGE);
      if (page != null) {
        arrived(page);
      } else {
        isReading = true;
        var unused =
            around
                .feed()
                .fromFiles(from, filter, PAGE)
                .whenComplete(
                    (read, failure) -> around.executor().execute(() -> fromFiles(read, failure)));
      }
    }
  }

  private void fromFiles(@Nullable FeedPage page, @Nullable Throwable failure) {
    isReading = false;
    if (isOver) {
      return;
    }
    long nowMs = around.nowMs();
    if (page != null) {
      arrived(page);
    } else {
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      if (cause instanceof CursorUnknownException) {
        pause(PauseReason.PLACE_UNKNOWN);
        return;
      }
      LOG.log(Level.DEBUG, "events of webhook " + webhook.id() + " cannot be read", cause);
      readAgainMs = nowMs + AGAIN_MS;
    }
    pump(nowMs);
  }

  private void arrived(FeedPage page) {
    isForeign = false;
    queue.offer(page);
  }

  private void send(Entry entry, long nowMs) {
    PublicEvent event = entry.event();
    Shipment shipment =
        new Shipment(
            webhook.id(),
            webhook.url(),
            event.id(),
            HookSigner.sign(webhook, nowMs, event.json()),
            entry.attempts(),
            event.json());
    around.send(shipment, outcome -> answered(entry, nowMs, outcome));
  }

  private void answered(Entry entry, long sentMs, Outcome outcome) {
    long nowMs = around.nowMs();
    long nextMs = 0;
    if (outcome.isAccepted()) {
      acceptedAtMs = nowMs;
      acceptedSinceSaved++;
      pace.accepted();
      if (queue.accepted(entry)) {
        inheritedFailingSinceMs = 0;
      }
    } else {
      long delayMs = pace.delayMs(entry.attempts());
      nextMs = nowMs + delayMs;
      pace.failed(nowMs);
      queue.failed(entry, nowMs, delayMs);
    }
    PublicEvent event = entry.event();
    log.add(
        new Attempt(
            event.id(),
            event.type().name(),
            event.type().subjectKind(),
            event.subjectId(),
            entry.attempts(),
            sentMs,
            nowMs - sentMs,
            outcome.status(),
            outcome.reason(),
            nextMs));
    pump(nowMs);
  }

  private long failingSinceMs() {
    return inheritedFailingSinceMs > 0 ? inheritedFailingSinceMs : queue.failingSinceMs();
  }

  private void giveUp(long nowMs) {
    // It must have failed in this life too.
    boolean isFailing = queue.failingSinceMs() > 0;
    if (isFailing && nowMs - failingSinceMs() >= limits.retryForMs()) {
      pause(PauseReason.FAILING);
    }
  }

  private void pause(PauseReason reason) {
    if (!isOver) {
      isOver = true;
      around.meters().countPaused();
      LOG.log(
          Level.ERROR,
          "webhook {0} is paused: {1}; look at its deliveries and enable it again",
          Long.toString(webhook.id()),
          reason.wireName());
      save(around.nowMs());
      around.submit(new PauseWebhook(webhook.id(), turn, reason));
    }
  }

  private void checkpoint(long nowMs) {
    FeedPlace place = queue.acceptedTo();
    boolean isWorth =
        acceptedSinceSaved > 0
            || failingSinceMs() != savedFailingSinceMs
            || place.examinedTo() - savedPlace.examinedTo() > QUIET_BYTES;
    if (isWorth && nowMs - savedAtMs >= limits.checkpointMs()) {
      save(nowMs);
    }
  }

  private void save(long nowMs) {
    FeedPlace place = queue.acceptedTo();
    long failing = failingSinceMs();
    savedAtMs = nowMs;
    acceptedSinceSaved = 0;
    savedPlace = place;
    savedFailingSinceMs = failing;
    around.submit(
        new AdvanceWebhook(
            webhook.id(),
            turn,
            new HookPlace(place.logPosition(), place.passed(), place.check()),
            failing));
  }

  /** Sends no more; what is under way is answered for in vain. */
  void end() {
    if (!isOver && acceptedSinceSaved > 0) {
      save(around.nowMs());
    }
    isOver = true;
  }
}
