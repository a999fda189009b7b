// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.Event;
import io.hongbao.ledger.Hold;

/** What is journaled about accounts. */
public sealed interface AccountEvent extends Event {

  /** Money came in: clearing to wallet. */
  record ToppedUp(
      long transactionId,
      long userId,
      int asset,
      long amountMinor,
      long balanceAfterMinor,
      String reason,
      String operator)
      implements AccountEvent {}

  /** A top-up was undone: wallet to clearing. */
  record TransactionReversed(
      long transactionId,
      long reversesId,
      long userId,
      int asset,
      long amountMinor,
      long balanceAfterMinor,
      String reason,
      String operator)
      implements AccountEvent {}

  /** The transaction has left memory; it can be reversed no more. */
  record TransactionEvicted(long transactionId) implements AccountEvent {}

  /** A part of the balance is set aside; the balance itself stays. */
  record HoldPlaced(
      long holdId,
      long userId,
      int asset,
      long amountMinor,
      Hold.Kind kind,
      long deadlineMs,
      String reason,
      String operator)
      implements AccountEvent {}

  /**
   * Held money left: wallet to clearing.
   *
   * @param leftMinor what is still held afterwards; 0 closes the hold
   */
  record HoldPosted(
      long holdId,
      long userId,
      int asset,
      long amountMinor,
      long leftMinor,
      long balanceAfterMinor,
      String operator)
      implements AccountEvent {}

  /** What was left of the hold is free again. */
  record HoldReleased(
      long holdId,
      long userId,
      int asset,
      long amountMinor,
      ReleaseCause cause,
      String receipt,
      String operator)
      implements AccountEvent {}

  /**
   * The outside had taken the money of a released external hold after all: suspense to clearing.
   * Suspense is then below zero, until people have found out who pays.
   */
  record HoldLateSuccess(
      long holdId, long userId, int asset, long amountMinor, String receipt, String operator)
      implements AccountEvent {}

  /** The hold has left memory. */
  record HoldEvicted(long holdId) implements AccountEvent {}
}
