// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
/**
 * What {@code hongbao crash} and {@code hongbao soak} do to a server of their own: a real process,
 * under real load over HTTP, killed or left to run.
 *
 * <p>{@link io.hongbao.drill.Callers} ask and write down in {@link io.hongbao.drill.Notebook} what
 * they were told; {@link io.hongbao.drill.Comparison} holds a server against the notebook. The
 * server is a child process, {@link io.hongbao.drill.DrillServer}, in a directory of its own.
 *
 * <p><b>Invariant:</b> knows of the server what it hears over HTTP, its command line and its files'
 * names; what must come out is computed by {@link io.hongbao.drill.Expected}, which shares no rule
 * with the server.
 *
 * <p><b>Thread:</b> the caller's, and virtual threads for the load; everything here may block.
 */
@NullMarked
package io.hongbao.drill;

import org.jspecify.annotations.NullMarked;
