// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.config.CorsSettings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/**
 * Which pages may open a WebSocket: those of this server, and those that may call the API.
 *
 * <p>A browser asks nobody before it connects, so this is the one look at the origin. Whoever is no
 * browser sends none.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class OriginRule {

  private final CorsSettings cors;

  OriginRule(CorsSettings cors) {
    this.cors = cors;
  }

  boolean allows(HttpServerRequest request) {
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin == null || cors.allOrigins() || cors.origins().contains(origin)) {
      return true;
    }
    String host = request.getHeader(HttpHeaders.HOST);
    int scheme = origin.indexOf("://");
    return host != null && scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
  }
}
