// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/**
 * What concerns one user, from the feed.
 *
 * <p><b>Thread:</b> the connection's loop.
 */
interface PrivateStream {

  /** Sends what there is, as far as the connection can take it. */
  void read();

  /** Behind the last event that was looked at. */
  String position();

  void close();
}
