// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import io.hongbao.model.Digest;
import java.nio.charset.StandardCharsets;

/**
 * One webhook. Immutable, since answers wait for their record to become durable while the state
 * goes on; the applier replaces it.
 *
 * @param eventTypes names and prefixes, separated by commas
 * @param before the secret before this one; signs too until it ends
 * @param beforeEndsAtMs 0 when there is none
 * @param place everything before it was accepted, and perhaps more
 * @param turn grows when somebody moves the place, so that what is known of the old one is dropped
 * @param failingSinceMs since when the oldest event under way has been refused; 0 when it has not
 * @param position last change
 */
public record Webhook(
    long id,
    String url,
    String eventTypes,
    String description,
    HookState state,
    PauseReason pauseReason,
    HookSecret secret,
    HookSecret before,
    long beforeEndsAtMs,
    HookPlace place,
    int turn,
    long failingSinceMs,
    long madeAtMs,
    long position) {

  /** Where they all live. */
  public static final int PARTITION = 0;

  private static final int DIGEST_TAG = 97;

  public boolean isActive() {
    return state == HookState.ACTIVE;
  }

  /** Whether the secret before this one still signs. */
  public boolean hasTwoSecrets(long nowMs) {
    return beforeEndsAtMs > nowMs;
  }

  Webhook changed(
      String newUrl,
      String newTypes,
      String newDescription,
      HookState newState,
      PauseReason newReason,
      long atPosition) {
    // Whoever wakes it up gives it the whole time again.
    long failing = newState == state ? failingSinceMs : 0;
    return new Webhook(
        id,
        newUrl,
        newTypes,
        newDescription,
        newState,
        newReason,
        secret,
        before,
        beforeEndsAtMs,
        place,
        turn,
        failing,
        madeAtMs,
        atPosition);
  }

  Webhook rotated(HookSecret newSecret, long endsAtMs, long atPosition) {
    return new Webhook(
        id,
        url,
        eventTypes,
        description,
        state,
        pauseReason,
        newSecret,
        secret,
        endsAtMs,
        place,
        turn,
        failingSinceMs,
        madeAtMs,
        atPosition);
  }

  Webhook at(HookPlace newPlace, int newTurn, long newFailingSinceMs, long atPosition) {
    return new Webhook(
        id,
        url,
        eventTypes,
        description,
        state,
        pauseReason,
        secret,
        before,
        beforeEndsAtMs,
        newPlace,
        newTurn,
        newFailingSinceMs,
        madeAtMs,
        atPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), id);
    digest = mix(mix(mix(digest, url), eventTypes), description);
    digest = Digest.mix(digest, state.number() * 16L + pauseReason.number());
    digest = before.mix(secret.mix(digest));
    digest = Digest.mix(digest, beforeEndsAtMs);
    digest = Digest.mix(digest, place.logPosition());
    digest = Digest.mix(digest, place.passed());
    digest = Digest.mix(digest, place.check());
    digest = Digest.mix(digest, turn);
    digest = Digest.mix(digest, failingSinceMs);
    digest = Digest.mix(digest, madeAtMs);
    return Digest.mix(digest, position);
  }

  private static long mix(long digest, String text) {
    return Digest.mix(digest, text.getBytes(StandardCharsets.UTF_8));
  }
}
