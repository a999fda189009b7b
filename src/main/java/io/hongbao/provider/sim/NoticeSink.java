// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.sim;

import io.vertx.core.Future;

/** Where a notice is brought to; in production the server's own door for notices, over HTTP. */
@FunctionalInterface
public interface NoticeSink {

  /**
   * Brings one notice.
   *
   * @param signature value of the header {@link io.hongbao.provider.pay.NoticeSigner#HEADER}
   * @return the HTTP status of the answer; a failed future when there was none. Completes at some
   *     time, on any thread
   */
  Future<Integer> deliver(byte[] body, String signature);
}
