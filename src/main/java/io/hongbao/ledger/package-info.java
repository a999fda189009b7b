// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
/**
 * The primitive that all families share: bounded accounts, postings, holds.
 *
 * <p>Double entry in minor units of {@code long}: every posting takes from one account of the
 * partition what it gives to another of the same asset, so the partition sums to zero per asset at
 * each of its positions. One {@link io.hongbao.ledger.Ledger} belongs to one partition and is
 * touched by that partition's thread only. Imports {@code model} and nothing else.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.ledger;
