// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import io.hongbao.export.StatementKind;

/**
 * One change of one balance.
 *
 * @param sequence its place in the journal of the account's partition
 * @param eventIndex place among the changes of the same record
 * @param amountMinor positive when money came, negative when it left
 * @param referenceId packet, transaction or hold, as the kind says; 0 if none
 */
public record StatementEntry(
    int asset,
    long sequence,
    int eventIndex,
    long atMs,
    StatementKind kind,
    long amountMinor,
    long balanceAfterMinor,
    long referenceId) {}
