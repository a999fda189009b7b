// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Growing the contract".
package io.hongbao.http;

import io.hongbao.model.Check;
import io.vertx.core.http.HttpHeaders;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Operations that will go away, as the contract marks them: {@code deprecated: true} with {@code
 * x-deprecated-since} and {@code x-sunset}, both dates.
 *
 * <p>The contract is the only place where that is said; each answer of such an operation then
 * carries {@code Deprecation} (RFC 9745), {@code Sunset} (RFC 8594) and a link to the reference.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class Endings {

  private static final CharSequence DEPRECATION = HttpHeaders.createOptimized("Deprecation");
  private static final CharSequence SUNSET = HttpHeaders.createOptimized("Sunset");
  private static final CharSequence LINK = HttpHeaders.createOptimized("Link");

  private final Map<String, Ending> byOperation;

  /** The values of the three headers. */
  private record Ending(CharSequence deprecation, CharSequence sunset, CharSequence link) {}

  private Endings(Map<String, Ending> byOperation) {
    this.byOperation = Map.copyOf(byOperation);
  }

  /** Reads the contract's tree. */
  static Endings of(Object contract) {
    var endings = new HashMap<String, Ending>();
    map(map(contract).get("paths"))
        .forEach(
            (path, methods) ->
                map(methods)
                    .forEach(
                        (method, operation) -> {
                          if (operation instanceof Map<?, ?> node
                              && Boolean.TRUE.equals(node.get("deprecated"))) {
                            endings.put(
                                String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path,
                                ending(node));
                          }
                        }));
    return new Endings(endings);
  }

  private static Ending ending(Map<?, ?> operation) {
    String id = String.valueOf(operation.get("operationId"));
    LocalDate since = LocalDate.parse(text(operation, "x-deprecated-since"));
    LocalDate sunset = LocalDate.parse(text(operation, "x-sunset"));
    Check.that(since.isBefore(sunset), "an operation is deprecated before it goes");
    return new Ending(
        HttpHeaders.createOptimized("@" + since.atStartOfDay(ZoneOffset.UTC).toEpochSecond()),
        HttpHeaders.createOptimized(
            DateTimeFormatter.RFC_1123_DATE_TIME.format(sunset.atStartOfDay(ZoneOffset.UTC))),
        HttpHeaders.createOptimized("</docs#" + id + ">; rel=\"deprecation\"; type=\"text/html\""));
  }

  private static String text(Map<?, ?> node, String name) {
    return String.valueOf(Check.present(node.get(name), name));
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Whether nothing ends, so that nobody has to ask. */
  boolean isEmpty() {
    return byOperation.isEmpty();
  }

  /** Adds the headers when the route's operation will go away. */
  void announce(Route route, Call call) {
    Ending ending = byOperation.get(route.method().name() + " " + route.path());
    if (ending != null) {
      call.put(DEPRECATION, ending.deprecation());
      call.put(SUNSET, ending.sunset());
      call.put(LINK, ending.link());
    }
  }
}
