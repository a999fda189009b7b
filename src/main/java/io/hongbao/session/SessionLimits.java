// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

/**
 * Limits of sessions, by configuration.
 *
 * @param tokensPerUserMax most minted tokens of one user; one more ends the one that would expire
 *     first
 * @param lifetimeMsMax how far ahead a minted token's end may lie
 * @param loginsPerUserMax most devices on which one user is logged in; one more ends the one that
 *     was silent longest
 * @param accessMs life of an access token of a login
 * @param refreshMs life of a refresh token, and so of a login that is never refreshed
 */
public record SessionLimits(
    int tokensPerUserMax, long lifetimeMsMax, int loginsPerUserMax, long accessMs, long refreshMs) {

  /** How long the token that was replaced last gets the same pair again. */
  public static final long REPEAT_MS = 10_000;

  /** Longest name of a device. */
  public static final int DEVICE_CHARS_MAX = 64;

  /** With the documented limits of logins. */
  public SessionLimits(int tokensPerUserMax, long lifetimeMsMax) {
    this(tokensPerUserMax, lifetimeMsMax, 10, 15 * 60_000L, 30L * 24 * 3_600_000);
  }

  /** What the documented configuration gives. */
  public static SessionLimits defaults() {
    return new SessionLimits(50, 366L * 24 * 3_600_000);
  }

  /** The same with other limits of logins. */
  public SessionLimits withLogins(int perUserMax, long newAccessMs, long newRefreshMs) {
    return new SessionLimits(
        tokensPerUserMax, lifetimeMsMax, perUserMax, newAccessMs, newRefreshMs);
  }
}
