// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Start and stop".
/**
 * Main and wiring: reads nothing itself, puts the parts together in order, and takes them apart in
 * order.
 *
 * <p>Start: data directory, journal, recovery, lanes, exporters, providers, edge, management. Stop:
 * the same backwards, each step with a deadline. Nothing imports this package but the command line.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.app;
