// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
/**
 * Every setting of the product, as data, and the immutable records that the rest of it is given.
 *
 * <p>{@link io.hongbao.config.Settings} is the catalogue: key, type, default, limits, unit, one
 * sentence. Parsing, checking, {@code config print} and the documented example file all come from
 * it, so that none of them can disagree. {@link io.hongbao.config.ConfigLoader} reads defaults,
 * file, environment and flags, in rising precedence, and is the only reader of the environment;
 * {@link io.hongbao.config.Configuration} holds one record per concern.
 *
 * <p>Immutable once built; safe on every thread. Imports nothing of the project.
 */
@NullMarked
package io.hongbao.config;

import org.jspecify.annotations.NullMarked;
