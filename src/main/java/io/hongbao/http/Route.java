// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.http.rate.RateClass;
import io.vertx.core.http.HttpMethod;

/**
 * One operation of the contract, or one page.
 *
 * @param path as the contract writes it: {@code /v1/red-packets/{packet_id}/open}
 * @param rate what a user's request counts as
 */
record Route(
    HttpMethod method, String path, Access access, BodyRule body, Action action, RateClass rate) {

  Route(HttpMethod method, String path, Access access, BodyRule body, Action action) {
    this(
        method,
        path,
        access,
        body,
        action,
        method.equals(HttpMethod.GET) ? RateClass.READ : RateClass.WRITE);
  }

  /** The same, for one that asks the read model, which bears less. */
  Route listing() {
    return new Route(method, path, access, body, action, RateClass.LIST);
  }

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
