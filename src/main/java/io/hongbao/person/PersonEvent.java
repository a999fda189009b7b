// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Event;

/** What is journaled about people. */
public sealed interface PersonEvent extends Event {

  /** About one person, in the user's partition. */
  sealed interface OfPerson extends PersonEvent {
    long userId();
  }

  /** A person with a user name, a phone and a password; both claims are kept. */
  record PersonRegistered(
      long userId,
      HandleHash nameHash,
      long nameUntilMs,
      HandleHash phoneHash,
      long phoneUntilMs,
      String userName,
      String phoneMasked,
      String passwordHash,
      String nickname)
      implements OfPerson {}

  /**
   * All that a profile says from now on; makes the person when there is none.
   *
   * @param externalUntilMs deadline of the claim that is kept; 0 when none was made
   */
  record ProfileChanged(long userId, HandleHash externalHash, long externalUntilMs, Profile profile)
      implements OfPerson {}

  /** Another hash is the person's. */
  record PasswordChanged(long userId, PasswordCause cause, String passwordHash)
      implements OfPerson {}

  /** A login is under way and counts as failed until it succeeds. */
  record AttemptBegun(long userId, long dayEndsMs) implements OfPerson {}

  /** That one did not fail. */
  record AttemptSucceeded(long userId) implements OfPerson {}

  /** An operator lifted the block of the day. */
  record AttemptsForgiven(long userId, String actor) implements OfPerson {}

  /** An operator gave the user a name and a password to log in with; the claim is kept. */
  record LoginGiven(
      long userId, HandleHash nameHash, long nameUntilMs, String userName, String passwordHash)
      implements OfPerson {}

  /** The user's partition says whether a handle is held; about no entity's state. */
  record ClaimAnswered(HandleHash hash, long userId, long untilMs, ClaimVerdict verdict)
      implements OfPerson {}

  /** About one handle, in the partition of its hash. */
  sealed interface OfHandle extends PersonEvent {
    HandleHash hash();

    long userId();

    long untilMs();
  }

  /** A name, phone or external id is kept for a user until then. */
  record HandleClaimed(HandleHash hash, long userId, long untilMs) implements OfHandle {}

  /** It is that user's. */
  record HandleConfirmed(HandleHash hash, long userId, long untilMs) implements OfHandle {}

  /**
   * Not that user's any more, or not claimed any more.
   *
   * @param untilMs deadline of the claim that ends; 0 when ownership ends
   */
  record HandleReleased(HandleHash hash, long userId, long untilMs) implements OfHandle {}

  /** The deadline is over: the user's partition is asked. */
  record ClaimQuestioned(HandleHash hash, long userId, long untilMs) implements OfHandle {}

  /** Nothing is decided yet; it is asked again later. */
  record ClaimProlonged(HandleHash hash, long userId, long untilMs) implements OfHandle {}

  /**
   * A login from that address failed.
   *
   * @param dropped the address whose place it took, or {@link HandleHash#NONE}
   */
  record AddressFailed(HandleHash hash, long dayEndsMs, HandleHash dropped)
      implements PersonEvent {}

  /** A day is over; its addresses are forgotten. */
  record AddressesForgotten(long dayEndsMs) implements PersonEvent {}
}
