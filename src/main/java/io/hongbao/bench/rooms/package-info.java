// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
/**
 * Fan-out measured: the gateway as it is in the product beside a bare Netty loop that writes one
 * prepared buffer, in one process, with the same clients.
 *
 * <p>Threads, clocks and sockets are its own business; {@code bench} imports it.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.bench.rooms;
