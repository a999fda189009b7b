// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/** What the engine itself journals beside the families' events. */
public sealed interface EngineEvent extends Event {

  /** The additive hash of the state before this record; replay must find the same. */
  record StateHashed(long hash) implements EngineEvent {}

  /** All transfers of the source up to this number have been taken, by this record's events. */
  record TransfersReceived(int source, long upTo) implements EngineEvent {}

  /** The destination has all transfers up to this number durably; they leave the outbox. */
  record TransfersAcknowledged(int destination, long upTo) implements EngineEvent {}

  /**
   * A client's key with the answer to it.
   *
   * @param answerCode number of the refusal, 0 when the command was accepted
   * @param resultId entity from which the accepted answer can be rebuilt
   */
  record KeyStored(long hashHigh, long hashLow, long bodyHash, int answerCode, long resultId)
      implements EngineEvent {}

  /** So many of the oldest keys have left the idempotency window. */
  record KeysDropped(int count) implements EngineEvent {}

  /**
   * An operator's change, with the events of the same record.
   *
   * @param subject what was changed: {@code user:10001}; empty when only the events tell
   * @param before facts as a JSON object; empty when there was nothing
   * @param after likewise
   */
  record ActionAudited(
      long keyId,
      String actor,
      String operation,
      String cause,
      String subject,
      String before,
      String after)
      implements EngineEvent {}
}
