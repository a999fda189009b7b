// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.Digest;
import java.nio.charset.StandardCharsets;

/**
 * What is known of one user beyond his number; immutable.
 *
 * @param userName as he wrote it; empty when he has none to log in with
 * @param phoneMasked what may be shown of the phone, such as {@code +86138****5678}
 * @param passwordHash Argon2id in PHC form; empty when there is none
 * @param failures logins of the day that failed or are under way
 * @param dayEndsMs when {@code failures} are worth nothing any more
 */
record Person(
    long userId,
    HandleHash nameHash,
    String userName,
    HandleHash phoneHash,
    String phoneMasked,
    String passwordHash,
    HandleHash externalHash,
    Profile profile,
    int failures,
    long dayEndsMs,
    long createdAtMs,
    long position) {

  private static final int DIGEST_TAG = 92;

  /** Somebody who is only a number so far. */
  static Person blank(long userId, long nowMs) {
    return new Person(
        userId,
        HandleHash.NONE,
        "",
        HandleHash.NONE,
        "",
        "",
        HandleHash.NONE,
        Profile.EMPTY,
        0,
        0,
        nowMs,
        0);
  }

  boolean isRegistered() {
    return !userName.isEmpty();
  }

  boolean hasPassword() {
    return !passwordHash.isEmpty();
  }

  boolean hasHandle(HandleHash hash) {
    return hash.equals(nameHash) || hash.equals(phoneHash) || hash.equals(externalHash);
  }

  /** Failures that count at that time. */
  int failuresAt(long nowMs) {
    return nowMs < dayEndsMs ? failures : 0;
  }

  Person withProfile(HandleHash newExternalHash, Profile newProfile, long newPosition) {
    return new Person(
        userId,
        nameHash,
        userName,
        phoneHash,
        phoneMasked,
        passwordHash,
        newExternalHash,
        newProfile,
        failures,
        dayEndsMs,
        createdAtMs,
        newPosition);
  }

  Person withLogin(
      HandleHash newNameHash, String newUserName, String newPasswordHash, long newPosition) {
    return new Person(
        userId,
        newNameHash,
        newUserName,
        phoneHash,
        phoneMasked,
        newPasswordHash,
        externalHash,
        profile,
        failures,
        dayEndsMs,
        createdAtMs,
        newPosition);
  }

  Person withPassword(String newHash, long newPosition) {
    return new Person(
        userId,
        nameHash,
        userName,
        phoneHash,
        phoneMasked,
        newHash,
        externalHash,
        profile,
        failures,
        dayEndsMs,
        createdAtMs,
        newPosition);
  }

  Person withFailures(int newFailures, long newDayEndsMs, long newPosition) {
    return new Person(
        userId,
        nameHash,
        userName,
        phoneHash,
        phoneMasked,
        passwordHash,
        externalHash,
        profile,
        newFailures,
        newDayEndsMs,
        createdAtMs,
        newPosition);
  }

  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), userId);
    digest = mix(digest, nameHash);
    digest = mix(digest, userName);
    digest = mix(digest, phoneHash);
    digest = mix(digest, phoneMasked);
    digest = mix(digest, passwordHash);
    digest = mix(digest, externalHash);
    digest = mix(digest, profile.externalId());
    digest = mix(digest, profile.nickname());
    digest = mix(digest, profile.avatarUrl());
    digest = mix(digest, profile.city());
    digest = Digest.mix(digest, failures);
    digest = Digest.mix(digest, dayEndsMs);
    digest = Digest.mix(digest, createdAtMs);
    return Digest.mix(digest, position);
  }

  private static long mix(long digest, HandleHash hash) {
    return Digest.mix(Digest.mix(digest, hash.high()), hash.low());
  }

  private static long mix(long digest, String text) {
    return Digest.mix(digest, text.getBytes(StandardCharsets.UTF_8));
  }
}
