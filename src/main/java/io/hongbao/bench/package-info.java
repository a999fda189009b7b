// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
/**
 * The product measured against what it could be at best, and against what others do.
 *
 * <p>Every figure stands beside a baseline that was measured in the same run, in turns with it
 * ({@link io.hongbao.bench.Rounds}), since machines are shared and absolute figures of two days say
 * nothing. Load generators are part of it ({@link io.hongbao.bench.EngineLoad} in process, {@link
 * io.hongbao.bench.HttpLoad} over sockets); what is measured is never changed for it.
 *
 * <p>Threads, clocks, files and child processes are its own business; nothing but {@code cli}
 * imports it.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.bench;
