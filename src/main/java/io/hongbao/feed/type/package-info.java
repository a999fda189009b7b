// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
/**
 * How each family's events look from outside: names, subjects, fields.
 *
 * <p>A name or a field that has been released never changes its meaning; data only grows. Fields
 * that would give away what is secret at that time (the seed of an open packet, its claim code, the
 * hash of a token, the secret of a webhook) are not written, whatever the reader may do.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.feed.type;
