// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Growing the contract".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import io.vertx.core.http.HttpMethod;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which operations take query parameters, as the contract says.
 *
 * <p>Reads look at their own; of all others a query is refused here, so that a parameter at the
 * wrong place is no more overlooked than a field that nobody knows.
 *
 * <p><b>Thread:</b> any; immutable.
 */
final class Queries {

  private final Set<String> taking;

  private Queries(Set<String> taking) {
    this.taking = Set.copyOf(taking);
  }

  /** Reads the contract's tree. */
  static Queries of(Object contract) {
    var taking = new HashSet<String>();
    Map<?, ?> shared = map(map(map(contract).get("components")).get("parameters"));
    map(map(contract).get("paths"))
        .forEach(
            (path, methods) ->
                map(methods)
                    .forEach(
                        (method, operation) -> {
                          if (map(operation).get("parameters") instanceof List<?> parameters
                              && parameters.stream().anyMatch(one -> isQuery(map(one), shared))) {
                            taking.add(
                                String.valueOf(method).toUpperCase(Locale.ROOT) + " " + path);
                          }
                        }));
    return new Queries(taking);
  }

  private static boolean isQuery(Map<?, ?> parameter, Map<?, ?> shared) {
    Object ref = parameter.get("$ref");
    Map<?, ?> meant =
        ref instanceof String name
            ? map(shared.get(name.substring(name.lastIndexOf('/') + 1)))
            : parameter;
    return "query".equals(meant.get("in"));
  }

  private static Map<?, ?> map(@Nullable Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }

  /** Refuses a query on an operation that changes something and takes none. */
  void check(Route route, @Nullable String query) throws BadRequestException {
    boolean isRead =
        route.method().equals(HttpMethod.GET) || route.method().equals(HttpMethod.HEAD);
    if (query != null && !query.isEmpty() && !isRead && !taking.contains(route.operation())) {
      throw new BadRequestException(
          RefusalCode.UNKNOWN_FIELD, "This route takes no query parameters.");
    }
  }
}
