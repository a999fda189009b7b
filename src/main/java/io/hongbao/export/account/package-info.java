// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
/**
 * What the read model holds of accounts: the entries of their statements.
 *
 * <p>Holds change no balance before they are posted, so placing and releasing one gives no entry.
 * Nor does a late success: suspense pays it, not the user.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.export.account;
