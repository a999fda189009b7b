// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
/**
 * Accounts as operators and users see them: top-ups and their reversal, holds, balances, books.
 *
 * <p>A user's accounts, transactions and holds live in the partition of the user's slot, and every
 * command of this family is decided there. Money enters and leaves through the partition's clearing
 * account. A hold is the ledger's {@link io.hongbao.ledger.Hold} plus a {@link
 * io.hongbao.account.HoldNote} that says what it was for. Rules are in {@link
 * io.hongbao.account.AccountRule} and are pure; only {@link io.hongbao.account.AccountApplier}
 * changes state.
 *
 * <p><b>Thread:</b> the partition's. <b>Imports:</b> {@code model}, {@code ledger}, the engine's
 * SPI; no other family, no Vert.x, no input or output.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.account;
