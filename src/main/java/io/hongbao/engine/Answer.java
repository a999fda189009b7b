// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The engine".
package io.hongbao.engine;

/** What a command leads to, as told to whoever asked; immutable. */
public interface Answer {}
