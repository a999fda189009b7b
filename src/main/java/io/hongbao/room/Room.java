// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rooms".
package io.hongbao.room;

import io.hongbao.engine.PartitionParts;
import io.hongbao.model.Check;
import io.hongbao.model.Digest;
import io.hongbao.model.StateHash;
import java.util.List;
import org.agrona.collections.LongHashSet;

/**
 * One room in its partition: what it is, and who is in it.
 *
 * <p><b>Thread:</b> the partition's. Changed by the applier only; each change keeps the hash right.
 */
public final class Room {

  private static final int HEAD_TAG = 85;
  private static final int MEMBER_TAG = 86;

  private final long id;
  private final boolean isPublic;
  private final long createdAtMs;
  private final LongHashSet members = new LongHashSet();
  private long position;

  Room(long id, boolean isPublic, long createdAtMs, long position) {
    this.id = id;
    this.isPublic = isPublic;
    this.createdAtMs = createdAtMs;
    this.position = position;
  }

  public long id() {
    return id;
  }

  public boolean isPublic() {
    return isPublic;
  }

  public long createdAtMs() {
    return createdAtMs;
  }

  /** Position of the last change. */
  public long position() {
    return position;
  }

  public int memberCount() {
    return members.size();
  }

  public boolean hasMember(long userId) {
    return members.contains(userId);
  }

  long[] members() {
    long[] ids = new long[members.size()];
    LongHashSet.LongIterator each = members.iterator();
    for (int i = 0; i < ids.length; i++) {
      ids[i] = each.nextValue();
    }
    return ids;
  }

  /** Adds the room, which has no members yet, to the hash. */
  void enter(StateHash hash) {
    hash.add(head());
  }

  void change(PartitionParts parts, List<Long> added, List<Long> removed, long atPosition) {
    StateHash hash = parts.stateHash();
    hash.remove(head());
    for (long userId : removed) {
      Check.that(members.remove(userId), "only a member is removed");
      hash.remove(member(userId));
    }
    for (long userId : added) {
      Check.that(members.add(userId), "a member is added once");
      hash.add(member(userId));
    }
    position = atPosition;
    hash.add(head());
  }

  private long head() {
    long digest = Digest.mix(Digest.start(HEAD_TAG), id);
    digest = Digest.mix(digest, members.size() * 2L + (isPublic ? 1 : 0));
    digest = Digest.mix(digest, createdAtMs);
    return Digest.mix(digest, position);
  }

  private long member(long userId) {
    return Digest.mix(Digest.mix(Digest.start(MEMBER_TAG), id), userId);
  }
}
