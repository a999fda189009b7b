// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
/**
 * What operators see of a running server: its log, its metrics, its health.
 *
 * <p>Watches and never decides: nothing here is on the way of money, and a failure to observe is no
 * reason to stop.
 */
@NullMarked
package io.hongbao.observe;

import org.jspecify.annotations.NullMarked;
