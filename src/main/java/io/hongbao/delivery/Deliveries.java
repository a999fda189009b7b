// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.feed.FeedPlace;
import io.hongbao.webhook.HookState;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends events to all webhooks of the process.
 *
 * <p><b>Thread:</b> {@link #start}, {@link #tick} and {@link #stop} on the executor; the questions
 * of the door on any.
 *
 * <p><b>Limit:</b> as many webhooks as there may be, each with the limits of {@link HookLimits}.
 */
public final class Deliveries {

  private final WebhookDirectory directory;
  private final HookSurroundings around;
  private final HookLimits limits;
  private final Map<Long, HookWorker> workers = new HashMap<>();
  private final Map<Long, AttemptLog> logs = new ConcurrentHashMap<>();
  private final Map<Long, HookProgress> shown = new ConcurrentHashMap<>();
  private final AtomicBoolean isWoken = new AtomicBoolean();
  private final Runnable listener = this::wake;
  private boolean isStopped;

  public Deliveries(WebhookDirectory directory, HookSurroundings around, HookLimits limits) {
    this.directory = directory;
    this.around = around;
    this.limits = limits;
  }

  public void start() {
    directory.listen(listener);
    around.feed().listen(listener);
    tick();
  }

  // One step, however often it is called before that runs.
  private void wake() {
    if (!isWoken.get() && isWoken.compareAndSet(false, true)) {
      around.executor().execute(this::tick);
    }
  }

  /** Looks at everything; called at least a few times a second. */
  public void tick() {
    isWoken.set(false);
    if (isStopped) {
      return;
    }
    long nowMs = around.nowMs();
    for (Webhook webhook : directory.all()) {
      HookWorker worker = workerOf(webhook);
      if (worker != null) {
        worker.pump(nowMs);
        shown.put(webhook.id(), worker.progress());
      }
    }
    workers
        .keySet()
        .removeIf(
            id -> {
              boolean isGone = directory.find(id) == null;
              if (isGone) {
                forget(id);
              }
              return isGone;
            });
  }

  private @Nullable HookWorker workerOf(Webhook webhook) {
    HookWorker worker = workers.get(webhook.id());
    FeedPlace start = HookWorker.placeOf(webhook);
    if (worker != null && (!webhook.isActive() || !worker.fits(webhook))) {
      worker.end();
      // What was accepted a moment ago may not be journaled yet.
      start = worker.turn() == webhook.turn() ? worker.acceptedTo() : start;
      workers.remove(webhook.id());
      shown.remove(webhook.id());
      worker = null;
    }
    if (worker == null && webhook.isActive()) {
      worker = new HookWorker(webhook, start, around, limits, logOf(webhook.id()));
      workers.put(webhook.id(), worker);
    } else if (worker != null) {
      worker.update(webhook);
    }
    return worker;
  }

  private void forget(long webhookId) {
    HookWorker worker = workers.get(webhookId);
    if (worker != null) {
      worker.end();
    }
    logs.remove(webhookId);
    shown.remove(webhookId);
  }

  private AttemptLog logOf(long webhookId) {
    return logs.computeIfAbsent(webhookId, id -> new AttemptLog());
  }

  /** Sends no more, and has journaled how far it has come. */
  public void stop() {
    isStopped = true;
    around.feed().forget(listener);
    workers.values().forEach(worker -> worker.end());
  }

  /** Webhooks that are sent to. */
  public int count() {
    return shown.size();
  }

  /** Webhooks that wait for somebody to look. */
  public long pausedCount() {
    return directory.all().stream().filter(webhook -> webhook.state() == HookState.PAUSED).count();
  }

  /** Events read and not yet accepted, over all webhooks. */
  public int pending() {
    return shown.values().stream().mapToInt(HookProgress::pending).sum();
  }

  public DeliveryMeters meters() {
    return around.meters();
  }

  /** How a webhook gets on; null when nothing is sent to it. */
  public @Nullable HookProgress progress(long webhookId) {
    return shown.get(webhookId);
  }

  /** The newest attempts, the newest first. */
  public List<Attempt> attempts(long webhookId) {
    AttemptLog log = logs.get(webhookId);
    return log == null ? List.of() : log.newest();
  }

  /**
   * Sends something once, beside all order: a ping, or an event again.
   *
   * @return completes on the executor; never fails
   */
  public CompletableFuture<Attempt> sendOnce(
      Webhook webhook,
      String eventId,
      String type,
      String subjectKind,
      long subjectId,
      byte[] body) {
    CompletableFuture<Attempt> done = new CompletableFuture<>();
    long sentMs = around.nowMs();
    Shipment shipment =
        new Shipment(
            webhook.id(), webhook.url(), eventId, HookSigner.sign(webhook, sentMs, body), 1, body);
    around.send(
        shipment,
        outcome -> {
          Attempt attempt =
              new Attempt(
                  eventId,
                  type,
                  subjectKind,
                  subjectId,
                  1,
                  sentMs,
                  around.nowMs() - sentMs,
                  outcome.status(),
                  outcome.reason(),
                  0);
          logOf(webhook.id()).add(attempt);
          done.complete(attempt);
        });
    return done;
  }
}
