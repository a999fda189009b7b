// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
/**
 * Puts the parts together: starts them in order, stops them in order, and nothing else.
 *
 * <p>The command line sees two interfaces: {@link io.hongbao.app.ServerStarter} turns a checked
 * configuration and an open data directory into a {@link io.hongbao.app.RunningServer}. Nobody but
 * the command line imports this package.
 */
@NullMarked
package io.hongbao.app;

import org.jspecify.annotations.NullMarked;
