// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
/**
 * What the read model holds of the audit: one row per change that an operator made.
 *
 * <p>It follows from the engine's own events and knows no family: what a family tells of a change
 * comes in as text.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.export.audit;
