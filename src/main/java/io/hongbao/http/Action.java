// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.buffer.Buffer;

/** What a route does once its caller is known and its body has come in whole. */
@FunctionalInterface
interface Action {

  /**
   * Answers the exchange, now or later, exactly once.
   *
   * @param body empty for routes that take none
   * @throws BadRequestException to refuse what the request says
   */
  void run(Exchange exchange, Buffer body) throws BadRequestException;
}
