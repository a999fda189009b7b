// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.engine.PartitionParts;
import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All webhooks; empty in every partition but one.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier and by loading only.
 */
final class Webhooks {

  final PartitionParts parts;
  private final Long2ObjectHashMap<Webhook> byId = new Long2ObjectHashMap<>();

  Webhooks(PartitionParts parts) {
    this.parts = parts;
  }

  @Nullable Webhook find(long webhookId) {
    return byId.get(webhookId);
  }

  Webhook known(long webhookId) {
    return Check.present(find(webhookId), "webhook of an event");
  }

  int count() {
    return byId.size();
  }

  /** All of them, the newest first. */
  List<Webhook> all() {
    List<Webhook> all = new ArrayList<>(byId.values());
    all.sort(Comparator.comparingLong(Webhook::id).reversed());
    return all;
  }

  /** Puts a webhook in the place of its earlier self. */
  void set(Webhook webhook) {
    Webhook old = byId.put(webhook.id(), webhook);
    if (old != null) {
      parts.stateHash().remove(old.digest());
    }
    parts.stateHash().add(webhook.digest());
  }

  void remove(long webhookId) {
    parts.stateHash().remove(Check.present(byId.remove(webhookId), "deleted webhook").digest());
  }
}
