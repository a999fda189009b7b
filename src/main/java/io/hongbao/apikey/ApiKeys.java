// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.engine.PartitionParts;
import io.hongbao.model.Check;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * All keys; empty in every partition but one.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier and by loading only.
 */
final class ApiKeys {

  final PartitionParts parts;
  private final Long2ObjectHashMap<ApiKey> byId = new Long2ObjectHashMap<>();

  ApiKeys(PartitionParts parts) {
    this.parts = parts;
  }

  @Nullable ApiKey find(long keyId) {
    return byId.get(keyId);
  }

  int count() {
    return byId.size();
  }

  /** All keys, the newest first. */
  List<ApiKey> all() {
    List<ApiKey> all = new ArrayList<>(byId.values());
    all.sort(
        Comparator.comparingLong(ApiKey::madeAtMs).thenComparingLong(ApiKey::keyId).reversed());
    return all;
  }

  /** Puts a key in the place of its earlier self. */
  void set(ApiKey key) {
    ApiKey old = byId.put(key.keyId(), key);
    if (old != null) {
      parts.stateHash().remove(old.digest());
    }
    parts.stateHash().add(key.digest());
  }

  void remove(long keyId) {
    parts.stateHash().remove(Check.present(byId.remove(keyId), "revoked key").digest());
  }
}
