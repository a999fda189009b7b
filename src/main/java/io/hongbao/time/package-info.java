// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Time and chance".
/**
 * The only door to clocks and to chance: whoever needs one takes it as an argument.
 *
 * <p>Production has {@link io.hongbao.time.SystemTime} and {@link
 * io.hongbao.time.SecureRandomness}; tests and the simulator bring their own. Both production forms
 * are safe on every thread and never block. Imports nothing of the project but {@code model}.
 */
@NullMarked
package io.hongbao.time;

import org.jspecify.annotations.NullMarked;
