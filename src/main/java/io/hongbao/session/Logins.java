// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.PartitionParts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The logins of the users of one partition.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier and by loading only.
 */
final class Logins {

  private static final List<Login> NONE = List.of();

  private final PartitionParts parts;
  private final Long2ObjectHashMap<List<Login>> byUser = new Long2ObjectHashMap<>();
  private int count;

  Logins(PartitionParts parts) {
    this.parts = parts;
  }

  /** The user's logins as they stand; not a copy. */
  List<Login> of(long userId) {
    List<Login> logins = byUser.get(userId);
    return logins == null ? NONE : logins;
  }

  @Nullable Login find(long userId, long sessionId) {
    for (Login login : of(userId)) {
      if (login.sessionId() == sessionId) {
        return login;
      }
    }
    return null;
  }

  int count() {
    return count;
  }

  void forEach(Consumer<Login> visitor) {
    byUser.values().forEach(logins -> logins.forEach(visitor));
  }

  /** Takes a login in, in the place of itself as it was before. */
  void put(Login login) {
    remove(login.userId(), login.sessionId());
    byUser.computeIfAbsent(login.userId(), id -> new ArrayList<>(1)).add(login);
    parts.stateHash().add(login.digest());
    count++;
  }

  /** Forgets a login; false when it was not there. */
  boolean remove(long userId, long sessionId) {
    Login login = find(userId, sessionId);
    if (login == null) {
      return false;
    }
    List<Login> logins = of(userId);
    logins.remove(login);
    if (logins.isEmpty()) {
      byUser.remove(userId);
    }
    parts.stateHash().remove(login.digest());
    count--;
    return true;
  }
}
