// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that Vert.x has read.
 *
 * <p><b>Thread:</b> the loop of the connection.
 */
record VertxCall(HttpServerRequest request) implements Call {

  @Override
  public @Nullable String header(CharSequence name) {
    return request.getHeader(name);
  }

  @Override
  public List<String> headers(CharSequence name) {
    return request.headers().getAll(name);
  }

  @Override
  public void put(CharSequence name, CharSequence value) {
    request.response().putHeader(name, value);
  }

  @Override
  public HttpConnection connection() {
    return request.connection();
  }

  @Override
  public Connections.@Nullable Use use(Connections connections) {
    return connections.of(request.connection());
  }

  @Override
  public boolean isGone() {
    HttpServerResponse response = request.response();
    return response.closed() || response.ended();
  }

  @Override
  public void end(int status, @Nullable Buffer body) {
    HttpServerResponse response = request.response().setStatusCode(status);
    if (body == null) {
      response.end();
    } else {
      response.end(body);
    }
  }

  @Override
  public @Nullable Buffer wholeBody() {
    return null;
  }

  @Override
  public String target() {
    return request.method() + " " + request.path();
  }
}
