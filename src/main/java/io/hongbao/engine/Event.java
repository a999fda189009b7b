// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/**
 * Something that was decided and is journaled; immutable, named in the past tense.
 *
 * <p>An event holds everything its applier needs: replay asks neither clock nor chance.
 */
public interface Event {}
