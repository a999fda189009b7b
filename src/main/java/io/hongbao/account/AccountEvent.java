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

  /** What the ledger's own interface writes: transfers in legs, limits, metadata, suspense. */
  sealed interface LedgerEvent extends AccountEvent {}

  /** Marks the destination's balance of a leg that is on its way to another partition. */
  long ON_ITS_WAY = Long.MIN_VALUE;

  /** Money moves by the legs that follow in the same record. */
  record TransferBooked(
      long transferId,
      LedgerTransfer.Kind kind,
      long reversesId,
      int legCount,
      int batchCount,
      String reference,
      String reason,
      String metadata,
      String operator)
      implements LedgerEvent {}

  /**
   * One leg: from an account of this partition to another of it, or to transit.
   *
   * @param fromAfterMinor balance of the account that paid
   * @param toAfterMinor balance of the account that got it, or {@link #ON_ITS_WAY}
   * @param reversedLeg which leg of the transfer that is undone
   */
  record LegPosted(
      long transferId,
      int leg,
      long fromId,
      long toId,
      int asset,
      long amountMinor,
      long fromAfterMinor,
      long toAfterMinor,
      int reversedLeg)
      implements LedgerEvent {}

  /** A leg of another partition's transfer is in the wallet: transit to wallet. */
  record LegCredited(
      long transferId,
      LedgerTransfer.Kind kind,
      int leg,
      long fromId,
      long toId,
      int asset,
      long amountMinor,
      long balanceAfterMinor,
      long reversesId,
      int reversedLeg)
      implements LedgerEvent {}

  /** A leg of another partition's transfer could not be credited: transit to suspense. */
  record LegSuspended(
      long transferId,
      LedgerTransfer.Kind kind,
      int leg,
      long fromId,
      long toId,
      int asset,
      long amountMinor,
      int reasonNumber,
      long reversesId,
      int reversedLeg)
      implements LedgerEvent {}

  /** The destination's partition has told what became of a leg. */
  record LegSettled(long transferId, int leg, int reasonNumber, long settlementId)
      implements LedgerEvent {}

  /** A leg that lies in an account of this partition was undone by a transfer from here. */
  record LegReversed(long transferId, int leg, long reversalId) implements LedgerEvent {}

  /** The transfer has left memory; the read model has it. */
  record TransferEvicted(long transferId) implements LedgerEvent {}

  /** What came in by the transfer has left memory; it can be reversed no more. */
  record ArrivalsEvicted(long transferId) implements LedgerEvent {}

  /**
   * Held money is taken by a transfer that follows in the same record.
   *
   * @param leftMinor what is still held afterwards; 0 closes the hold
   */
  record HoldDrawn(
      long holdId, long userId, int asset, long amountMinor, long leftMinor, long transferId)
      implements LedgerEvent {}

  /** All of an owner's metadata, as it is from now on. */
  record MetadataChanged(long ownerId, String metadata, String operator) implements LedgerEvent {}

  /** What a wallet may do from now on, and what it might before. */
  record LimitsChanged(
      long ownerId,
      int asset,
      long lowerMinor,
      long upperMinor,
      int flags,
      long lowerBeforeMinor,
      long upperBeforeMinor,
      int flagsBefore,
      String reason,
      String operator)
      implements LedgerEvent {}

  /** An entry has left suspense by the transfer in the same record. */
  record SuspenseSettled(
      long number, long transferId, int asset, long amountMinor, String reason, String operator)
      implements LedgerEvent {}
}
