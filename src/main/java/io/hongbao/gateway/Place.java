// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/** A place in the limits of connections; given back once. */
interface Place extends AutoCloseable {

  @Override
  void close();
}
