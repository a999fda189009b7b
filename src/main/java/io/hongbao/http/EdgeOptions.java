// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.tls.Identity;
import io.vertx.core.http.HttpServerOptions;

/** How Vert.x is to serve: what it does by itself and what the edge does instead. */
final class EdgeOptions {

  /** Method, path and query; the longest of the contract has some 400 bytes. */
  static final int REQUEST_LINE_BYTES_MAX = 4096;

  /** All headers together. */
  static final int HEADER_BYTES_MAX = 16 * 1024;

  private EdgeOptions() {}

  static HttpServerOptions of(EdgeParts parts) {
    Identity identity = parts.identity();
    return identity == null ? plain(parts) : identity.addTo(plain(parts));
  }

  private static HttpServerOptions plain(EdgeParts parts) {
    return new HttpServerOptions()
        .setHost(parts.http().host())
        // A free port must be one for all loops; that is what a negative number asks for.
        .setPort(parts.http().port() == 0 ? -1 : parts.http().port())
        .setMaxInitialLineLength(REQUEST_LINE_BYTES_MAX)
        .setMaxHeaderSize(HEADER_BYTES_MAX)
        // Our own sweep closes what is idle: it counts requests, where this would count bytes.
        .setIdleTimeout(0)
        // Each would put a handler between the socket and us.
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        // A second protocol would need every limit here a second time, by stream.
        .setHttp2ClearTextEnabled(false)
        .setHandle100ContinueAutomatically(false)
        .setCompressionSupported(false)
        .setDecompressionSupported(false);
  }
}
