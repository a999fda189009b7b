// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Keys, ids, partitions".
/**
 * Values that everybody may use and that use nobody: ids, slots, refusal codes, checks.
 *
 * <p>Immutable or static; safe on every thread; no clock, no chance, no input or output. Imports
 * nothing of the product.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.model;
