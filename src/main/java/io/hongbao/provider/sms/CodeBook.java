// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.provider.sms;

/**
 * The codes that are out, shared by all loops: issued at most so often, good once and for a while.
 *
 * <p>In this process today; on many machines a store that all share. Either may lose its memory: a
 * code is then unknown and the user asks for another.
 *
 * <p><b>Thread:</b> any; returns at once.
 */
public interface CodeBook {

  /** What became of the wish for a code. */
  sealed interface Issue {

    /** A new code; every earlier one for the phone is worth nothing. */
    record Issued(String code, long expiresAtMs, long nextAtMs) implements Issue {
      @Override
      public String toString() {
        return "Issued";
      }
    }

    /** Wait until then. */
    record TooSoon(long nextAtMs) implements Issue {}
  }

  /**
   * Makes a code for a phone.
   *
   * @param address who asks, as a text; limited as well
   */
  Issue issue(String phone, CodePurpose purpose, String address, long nowMs);

  /** Takes the last code back: it could not be sent. The wait for the next one stays. */
  void withdraw(String phone);

  /**
   * Uses a code up.
   *
   * @return whether it was the one for this phone and purpose, in time; then it is gone. A wrong
   *     one counts, and too many make the right one worthless.
   */
  boolean redeem(String phone, CodePurpose purpose, String code, long nowMs);

  /** Phones that are remembered. */
  int size();
}
