// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

/**
 * Facts that the rules of accounts need and a partition does not own.
 *
 * <p><b>Thread:</b> any; each answer is a lock-free read.
 */
public interface AccountFacts {

  /** Largest amount that a wallet may hold, 0 for an unknown asset. */
  long balanceMinorMax(int asset);

  /** Whether the read model holds everything up to that position of the partition. */
  boolean isExported(int partition, long position);
}
