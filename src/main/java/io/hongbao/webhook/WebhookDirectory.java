// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All webhooks of the process, for whoever sends.
 *
 * <p>They are few and change rarely, so a change copies the table.
 *
 * <p><b>Thread:</b> any reads, without a lock; the partition's thread writes.
 *
 * <p><b>Invariant:</b> shows what is durable, never more.
 */
public final class WebhookDirectory {

  private final Object writing = new Object();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile Map<Long, Webhook> byId = Map.of();

  public @Nullable Webhook find(long webhookId) {
    return byId.get(webhookId);
  }

  public List<Webhook> all() {
    return new ArrayList<>(byId.values());
  }

  /** Called after each change, on the partition's thread; must be quick. */
  public void listen(Runnable listener) {
    listeners.add(listener);
  }

  void put(Webhook webhook) {
    synchronized (writing) {
      Map<Long, Webhook> next = new TreeMap<>(byId);
      next.put(webhook.id(), webhook);
      byId = next;
    }
    listeners.forEach(Runnable::run);
  }

  void remove(long webhookId) {
    synchronized (writing) {
      Map<Long, Webhook> next = new TreeMap<>(byId);
      next.remove(webhookId);
      byId = next;
    }
    listeners.forEach(Runnable::run);
  }
}
