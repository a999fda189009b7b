// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger as an API".
package io.hongbao.account;

import io.hongbao.engine.Transfer;
import io.hongbao.model.Digest;

/**
 * What partitions owe one another about accounts: money that has left, and word of what became of
 * it.
 */
public sealed interface AccountTransfer extends Transfer {

  /** The receiver's event repeats the fields and adds a balance. */
  int RECORD_BYTES_MAX = 160;

  @Override
  default int schemaId() {
    return AccountCodec.SCHEMA_ID;
  }

  @Override
  default int recordBytesMax() {
    return RECORD_BYTES_MAX;
  }

  @Override
  default long wakes() {
    return 0;
  }

  /** From the deciding partition: put a leg into its destination's account. */
  record CreditLeg(
      long transferId,
      LedgerTransfer.Kind kind,
      int leg,
      long fromId,
      long toId,
      int asset,
      long amountMinor,
      long reversesId,
      int reversedLeg)
      implements AccountTransfer {
    @Override
    public long digest() {
      long digest = Digest.mix(Digest.start(53), transferId);
      digest = Digest.mix(digest, leg * 8L + kind.number());
      digest = Digest.mix(digest, fromId);
      digest = Digest.mix(digest, toId);
      digest = Digest.mix(digest, asset);
      digest = Digest.mix(digest, amountMinor);
      return Digest.mix(digest, reversesId * 128 + reversedLeg);
    }
  }

  /**
   * From a destination's partition, in the record that took the leg: what became of it. Carries no
   * money. An acknowledgement alone would not do: it says that a leg was taken, not where it lies.
   */
  record TellLeg(long transferId, int leg, int asset, int reasonNumber, long settlementId)
      implements AccountTransfer {
    @Override
    public long amountMinor() {
      return 0;
    }

    @Override
    public long digest() {
      long digest = Digest.mix(Digest.start(54), transferId);
      digest = Digest.mix(digest, leg * 128L + asset);
      digest = Digest.mix(digest, reasonNumber);
      return Digest.mix(digest, settlementId);
    }
  }
}
