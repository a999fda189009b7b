// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One request and the headers of its answer, whoever has read it from the wire: Vert.x, or, for the
 * few routes that make up nearly all requests, {@link DirectParser}.
 *
 * <p><b>Thread:</b> the loop of the connection.
 */
interface Call {

  /** The first header of this name; null when there is none. */
  @Nullable String header(CharSequence name);

  /** All headers of this name. */
  List<String> headers(CharSequence name);

  /** Sets a header of the answer. */
  void put(CharSequence name, CharSequence value);

  HttpConnection connection();

  /** What is known of the connection; null when it was not let in. */
  Connections.@Nullable Use use(Connections connections);

  /** Whether nobody waits for the answer any more. */
  boolean isGone();

  /** There will be no answer, since nobody waits for it. */
  default void gone() {}

  /** Sends the answer; once. */
  void end(int status, @Nullable Buffer body);

  /** The body, when it came with the head; null when it has to be read. */
  @Nullable Buffer wholeBody();

  /** Method and path, for the log. */
  String target();

  /** Vert.x' request; only of routes that are not served directly. */
  HttpServerRequest request();
}
