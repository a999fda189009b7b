// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.model.Digest;
import java.nio.charset.StandardCharsets;

/**
 * One person on one device: pairs of an access and a refresh token that replace one another.
 *
 * <p>Immutable. No token stands here: they follow from the server's key, the user, the session and
 * the generation; see {@link TokenSmith}. The hash of an access token does, because the directory
 * is filled from it.
 *
 * @param generation of the newest pair; the first has 1
 * @param access the newest access token
 * @param previous the access token before it, which works until its own end
 * @param refreshedAtMs when the newest pair was made
 * @param expiresAtMs end of the newest refresh token, and so of the login
 */
public record Login(
    long userId,
    long sessionId,
    int generation,
    Access access,
    Access previous,
    long refreshedAtMs,
    long expiresAtMs,
    long createdAtMs,
    String device,
    long position) {

  private static final int DIGEST_TAG = 81;

  /** An access token as it is kept. */
  public record Access(long hashHigh, long hashLow, long expiresAtMs) {
    static final Access NONE = new Access(0, 0, 0);

    boolean isNone() {
      return expiresAtMs == 0;
    }
  }

  Login refreshed(int newGeneration, Access newAccess, long newEndMs, long atMs, long newPosition) {
    return new Login(
        userId,
        sessionId,
        newGeneration,
        newAccess,
        access,
        atMs,
        newEndMs,
        createdAtMs,
        device,
        newPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), userId);
    digest = Digest.mix(digest, sessionId);
    digest = Digest.mix(digest, generation);
    digest = mix(digest, access);
    digest = mix(digest, previous);
    digest = Digest.mix(digest, refreshedAtMs);
    digest = Digest.mix(digest, expiresAtMs);
    digest = Digest.mix(digest, createdAtMs);
    digest = Digest.mix(digest, device.getBytes(StandardCharsets.UTF_8));
    return Digest.mix(digest, position);
  }

  private static long mix(long digest, Access access) {
    long mixed = Digest.mix(digest, access.hashHigh());
    return Digest.mix(Digest.mix(mixed, access.hashLow()), access.expiresAtMs());
  }
}
