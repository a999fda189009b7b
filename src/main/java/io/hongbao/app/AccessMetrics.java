// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.app;

import io.hongbao.apikey.KeyRole;
import io.hongbao.http.AccessMeters;
import io.hongbao.http.Edge;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToLongFunction;

/** What was refused to whom, summed over all loops. */
final class AccessMetrics {

  private AccessMetrics() {}

  static void bind(MeterRegistry registry, List<Edge> edges) {
    forbidden(registry, edges, "user", meters -> meters.forbidden(null));
    for (KeyRole role : KeyRole.values()) {
      forbidden(registry, edges, role.wireName(), meters -> meters.forbidden(role));
      if (role.isOperator()) {
        FunctionCounter.builder(
                "hongbao.operator.refused", edges, all -> sum(all, meters -> meters.refused(role)))
            .description("changes refused to operators on routes that are for them")
            .tag("role", role.wireName())
            .register(registry);
      }
    }
  }

  private static void forbidden(
      MeterRegistry registry, List<Edge> edges, String role, ToLongFunction<AccessMeters> count) {
    FunctionCounter.builder("hongbao.http.forbidden", edges, all -> sum(all, count))
        .description("requests of known bearers on routes that are not for them")
        .tag("role", role)
        .register(registry);
  }

  private static double sum(List<Edge> edges, ToLongFunction<AccessMeters> count) {
    return edges.stream().map(Edge::accessMeters).mapToLong(count).sum();
  }
}
