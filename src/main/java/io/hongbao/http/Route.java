// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.http.HttpMethod;

/**
 * One operation of the contract, or one page.
 *
 * @param path as the contract writes it: {@code /v1/red-packets/{packet_id}/open}
 */
record Route(HttpMethod method, String path, Access access, BodyRule body, Action action) {

  static Route get(String path, Access access, Action action) {
    return new Route(HttpMethod.GET, path, access, BodyRule.NONE, action);
  }

  static Route delete(String path, Access access, Action action) {
    return new Route(HttpMethod.DELETE, path, access, BodyRule.NONE, action);
  }

  static Route post(String path, Access access, BodyRule body, Action action) {
    return new Route(HttpMethod.POST, path, access, body, action);
  }

  /** Method and path, as the audit and the contract name it. */
  String operation() {
    return method + " " + path;
  }
}
