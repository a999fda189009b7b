// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.person.HandleHash;
import io.hongbao.person.Profile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * People, their names and the addresses from which logins failed, as the second book knows them.
 *
 * <p>The values never change; whoever changes one puts another in its place, so that a crash can
 * take it back.
 */
final class AuditedFolk {

  /** What a user is beyond his number. */
  record Someone(
      long userId,
      HandleHash name,
      String userName,
      HandleHash phone,
      String phoneMasked,
      String password,
      HandleHash external,
      Profile profile,
      int failures,
      long dayEndsMs,
      long createdAtMs,
      long at) {

    boolean has(HandleHash handle) {
      return handle.equals(name) || handle.equals(phone) || handle.equals(external);
    }

    int failuresAt(long nowMs) {
      return nowMs < dayEndsMs ? failures : 0;
    }

    Someone failing(int count, long dayMs, long position) {
      return new Someone(
          userId,
          name,
          userName,
          phone,
          phoneMasked,
          password,
          external,
          profile,
          count,
          dayMs,
          createdAtMs,
          position);
    }

    Someone named(HandleHash hash, String text, String secret, long position) {
      return new Someone(
          userId,
          hash,
          text,
          phone,
          phoneMasked,
          secret,
          external,
          profile,
          failures,
          dayEndsMs,
          createdAtMs,
          position);
    }

    Someone guardedBy(String hash, long position) {
      return new Someone(
          userId,
          name,
          userName,
          phone,
          phoneMasked,
          hash,
          external,
          profile,
          failures,
          dayEndsMs,
          createdAtMs,
          position);
    }

    Someone showing(HandleHash handle, Profile now, long position) {
      return new Someone(
          userId,
          name,
          userName,
          phone,
          phoneMasked,
          password,
          handle,
          now,
          failures,
          dayEndsMs,
          createdAtMs,
          position);
    }
  }

  /** A handle that somebody has, or that is kept for him. */
  record Kept(
      HandleHash hash, long userId, boolean isOwned, boolean isClaimed, long untilMs, long at) {}

  /** An address from which logins failed. */
  record Blamed(int count, long dayEndsMs, long at) {}

  final Map<Long, Someone> people = new HashMap<>();
  final Map<HandleHash, Kept> handles = new HashMap<>();
  final Map<HandleHash, Long> freedAt = new HashMap<>();
  final Map<HandleHash, Blamed> addresses = new HashMap<>();

  @Nullable Kept keptFor(HandleHash hash, long userId) {
    Kept kept = handles.get(hash);
    return kept != null && kept.userId() == userId ? kept : null;
  }
}
