// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Transfers".
package io.hongbao.engine;

/**
 * What one partition owes to another: the payload of a numbered transfer.
 *
 * <p>Immutable, because in one process it is handed over by reference. The receiver never refuses
 * it. The sending family's codec knows it, since the outbox stands in snapshots.
 */
public interface Transfer extends Event {

  /** Schema of the family that sends and receives it. */
  int schemaId();

  /** What {@link #asset} says of a transfer that carries no money; no asset has this number. */
  int NO_ASSET = 0;

  /** Asset of the money under way. */
  int asset();

  /** Money under way in minor units; it has left the sender's books for the transit account. */
  long amountMinor();

  /** Bytes that the receiver's event about it needs at most, length and header included. */
  default int recordBytesMax() {
    return 512;
  }

  /** Digest of all fields for the state hash. */
  long digest();

  /** Entity of the sending partition whose waiting readers the acknowledgement wakes, or 0. */
  long wakes();
}
