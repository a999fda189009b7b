// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.PartitionParts;
import io.hongbao.model.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The tokens and logins of the users of one partition.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier and by loading only.
 */
public final class Sessions {

  private static final List<Token> NONE = List.of();

  final PartitionParts parts;
  private final Long2ObjectHashMap<List<Token>> byUser = new Long2ObjectHashMap<>();
  private final Logins logins;
  private int tokenCount;

  Sessions(PartitionParts parts) {
    this.parts = parts;
    this.logins = new Logins(parts);
  }

  Logins logins() {
    return logins;
  }

  public int loginCount() {
    return logins.count();
  }

  /** The user's tokens as they stand; not a copy. */
  List<Token> tokensOf(long userId) {
    List<Token> tokens = byUser.get(userId);
    return tokens == null ? NONE : tokens;
  }

  @Nullable Token find(long userId, long hashHigh, long hashLow) {
    for (Token token : tokensOf(userId)) {
      if (token.hasHash(hashHigh, hashLow)) {
        return token;
      }
    }
    return null;
  }

  public int tokenCount() {
    return tokenCount;
  }

  public void forEach(Consumer<Token> visitor) {
    byUser.values().forEach(tokens -> tokens.forEach(visitor));
  }

  boolean isHome(long userId) {
    return Slot.partition(userId, parts.partitionCount()) == parts.partition();
  }

  void add(Token token) {
    remove(token.userId(), token.hashHigh(), token.hashLow());
    byUser.computeIfAbsent(token.userId(), id -> new ArrayList<>(1)).add(token);
    parts.stateHash().add(token.digest());
    tokenCount++;
  }

  /** Forgets a token; false when it was not there. */
  boolean remove(long userId, long hashHigh, long hashLow) {
    Token token = find(userId, hashHigh, hashLow);
    if (token == null) {
      return false;
    }
    List<Token> tokens = tokensOf(userId);
    tokens.remove(token);
    if (tokens.isEmpty()) {
      byUser.remove(userId);
    }
    parts.stateHash().remove(token.digest());
    tokenCount--;
    return true;
  }
}
