// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.model.Digest;
import java.nio.charset.StandardCharsets;

/**
 * One key as it is kept: never its secret, always the first 16 bytes of the secret's hash.
 *
 * @param scopes bits of {@link Scope}
 * @param secret the newest
 * @param before the secret before that, good until its own end; {@link Secret#NONE} without one
 * @param expiresAtMs from then on no secret of it is good; {@link #NEVER} otherwise
 * @param usedAtMs last use that was journaled, up to an hour old; 0 when it was never used
 */
public record ApiKey(
    long keyId,
    String name,
    KeyRole role,
    long scopes,
    Secret secret,
    Secret before,
    long madeAtMs,
    long expiresAtMs,
    long rotatedAtMs,
    long usedAtMs,
    long position) {

  /** Partition of all keys. */
  public static final int PARTITION = 0;

  /** Id of the key file of the data directory, which is no entity; stands in the audit. */
  public static final long ROOT_ID = 0;

  public static final long NEVER = Long.MAX_VALUE;

  private static final int DIGEST_TAG = 95;

  /**
   * A secret by its hash.
   *
   * @param endsAtMs from then on it is worth nothing
   */
  public record Secret(long hashHigh, long hashLow, long endsAtMs) {
    public static final Secret NONE = new Secret(0, 0, 0);

    /** Compares in the same time whatever differs. */
    boolean hasHash(long high, long low) {
      return ((hashHigh ^ high) | (hashLow ^ low)) == 0;
    }
  }

  /** Whether it opens no door any more. */
  public boolean isExpired(long nowMs) {
    return nowMs >= expiresAtMs;
  }

  ApiKey rotated(Secret newSecret, long beforeEndsAtMs, long atMs, long changedPosition) {
    return new ApiKey(
        keyId,
        name,
        role,
        scopes,
        newSecret,
        new Secret(secret.hashHigh, secret.hashLow, beforeEndsAtMs),
        madeAtMs,
        expiresAtMs,
        atMs,
        usedAtMs,
        changedPosition);
  }

  ApiKey used(long atMs, long changedPosition) {
    return new ApiKey(
        keyId,
        name,
        role,
        scopes,
        secret,
        before,
        madeAtMs,
        expiresAtMs,
        rotatedAtMs,
        atMs,
        changedPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), keyId);
    digest = Digest.mix(digest, name.getBytes(StandardCharsets.UTF_8));
    digest = Digest.mix(digest, role.number());
    digest = Digest.mix(digest, scopes);
    digest = mix(mix(digest, secret), before);
    digest = Digest.mix(digest, madeAtMs);
    digest = Digest.mix(digest, expiresAtMs);
    digest = Digest.mix(digest, rotatedAtMs);
    digest = Digest.mix(digest, usedAtMs);
    return Digest.mix(digest, position);
  }

  private static long mix(long digest, Secret secret) {
    long mixed = Digest.mix(Digest.mix(digest, secret.hashHigh), secret.hashLow);
    return Digest.mix(mixed, secret.endsAtMs);
  }
}
