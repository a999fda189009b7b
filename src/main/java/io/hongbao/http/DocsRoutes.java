// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/**
 * The reference under /docs and the contract itself.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class DocsRoutes {

  private final DocsPages pages;

  DocsRoutes(DocsPages pages) {
    this.pages = pages;
  }

  void addTo(RouteTable routes) {
    pages
        .paths()
        .forEach(
            path -> {
              Action action = (exchange, body) -> page(exchange, path);
              routes.add(Route.get(path, Access.PUBLIC, action));
              routes.add(new Route(HttpMethod.HEAD, path, Access.PUBLIC, BodyRule.NONE, action));
            });
  }

  private void page(Exchange exchange, String path) throws BadRequestException {
    DocsPages.Page page = pages.find(path);
    if (page == null) {
      throw OldPackets.notFound();
    }
    HttpServerResponse response = exchange.request().response();
    response.putHeader(HttpHeaders.ETAG, page.etag());
    response.putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    response.putHeader("Content-Security-Policy", DocsPages.CONTENT_SECURITY_POLICY);
    response.putHeader("X-Content-Type-Options", "nosniff");
    response.putHeader("Referrer-Policy", "no-referrer");
    if (page.etag().equals(exchange.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      exchange.end(304, null);
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, page.contentType());
    if (exchange.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(page.body().length));
      exchange.end(200, null);
    } else {
      exchange.end(200, Buffer.buffer(page.body()));
    }
  }
}
