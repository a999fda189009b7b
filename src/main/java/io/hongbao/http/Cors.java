// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.config.CorsSettings;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells browsers which pages may call the API and see its answers.
 *
 * <p>Protects users of browsers, not the server: whoever has a token may call from anywhere.
 * Credentials of the browser are never asked for, since the token comes in a header that a page
 * sets itself.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class Cors {

  private static final CharSequence ORIGIN = HttpHeaders.createOptimized("Origin");
  private static final CharSequence ASKED_METHOD =
      HttpHeaders.createOptimized("Access-Control-Request-Method");
  private static final CharSequence ALLOW_ORIGIN =
      HttpHeaders.createOptimized("Access-Control-Allow-Origin");
  private static final CharSequence ALLOW_METHODS =
      HttpHeaders.createOptimized("Access-Control-Allow-Methods");
  private static final CharSequence ALLOW_HEADERS =
      HttpHeaders.createOptimized("Access-Control-Allow-Headers");
  private static final CharSequence EXPOSE_HEADERS =
      HttpHeaders.createOptimized("Access-Control-Expose-Headers");
  private static final CharSequence MAX_AGE = HttpHeaders.createOptimized("Access-Control-Max-Age");
  private static final CharSequence ANY = HttpHeaders.createOptimized("*");

  /**
   * What the contract's requests carry; the media type is not among those a page may always set.
   */
  static final List<String> REQUEST_HEADERS =
      List.of(
          "Authorization",
          "Content-Type",
          "Idempotency-Key",
          "X-Request-Id",
          "Hongbao-Claim-Code",
          "Hongbao-User",
          "If-None-Match",
          "Last-Event-ID");

  /** What the contract's answers carry and a page could not see otherwise. */
  static final List<String> ANSWER_HEADERS =
      List.of(
          "X-Request-Id",
          "Hongbao-Position",
          "Idempotent-Replayed",
          "RateLimit",
          "RateLimit-Policy",
          "Retry-After",
          "Deprecation",
          "Sunset",
          "Link",
          "ETag",
          "Allow",
          "WWW-Authenticate");

  private final CorsSettings settings;
  private final CharSequence allowHeaders;
  private final CharSequence exposeHeaders =
      HttpHeaders.createOptimized(String.join(", ", ANSWER_HEADERS));
  private final CharSequence maxAge;

  private Cors(CorsSettings settings) {
    this.settings = settings;
    List<String> headers = new ArrayList<>(REQUEST_HEADERS);
    headers.addAll(settings.headers());
    this.allowHeaders = HttpHeaders.createOptimized(String.join(", ", headers));
    this.maxAge = HttpHeaders.createOptimized(Long.toString(settings.maxAgeMs() / 1000));
  }

  /** Null when no page may call. */
  static @Nullable Cors of(CorsSettings settings) {
    return settings.isOn() ? new Cors(settings) : null;
  }

  /** Adds to an answer what a browser wants to know. */
  void answer(Call call) {
    if (allows(call)) {
      call.put(EXPOSE_HEADERS, exposeHeaders);
    }
  }

  /**
   * Adds to the answer to an OPTIONS request what a page may do there.
   *
   * @param methods of the path, separated by commas
   */
  void preflight(Call call, String methods) {
    if (isPreflight(call.request()) && allows(call)) {
      call.put(ALLOW_METHODS, methods);
      call.put(ALLOW_HEADERS, allowHeaders);
      call.put(MAX_AGE, maxAge);
    }
  }

  private static boolean isPreflight(HttpServerRequest request) {
    return HttpMethod.OPTIONS.equals(request.method()) && request.headers().contains(ASKED_METHOD);
  }

  // An answer without these headers is what a browser takes for a no.
  private boolean allows(Call call) {
    if (settings.allOrigins()) {
      call.put(ALLOW_ORIGIN, ANY);
      return call.header(ORIGIN) != null;
    }
    // Also without an origin: a cache must not give this answer to a page that asks next.
    call.put(HttpHeaders.VARY, ORIGIN);
    String origin = call.header(ORIGIN);
    if (origin == null || !settings.origins().contains(origin)) {
      return false;
    }
    call.put(ALLOW_ORIGIN, origin);
    return true;
  }
}
