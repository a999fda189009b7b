// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

/**
 * Adds up all books.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class TrialBalanceRoutes {

  TrialBalanceRoutes(EdgeParts parts) {}

  void addTo(RouteTable routes) {}
}
