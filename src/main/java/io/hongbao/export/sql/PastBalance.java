// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

/**
 * A balance of the past.
 *
 * @param changedAtMs when it became that; 0 when there was no change before
 * @param sequence the change that made it so; 0 when there was none before
 */
public record PastBalance(
    int asset, long balanceMinor, long changedAtMs, long sequence, AsOf asOf) {}
