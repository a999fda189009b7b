// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.app;

import io.hongbao.admission.FallbackGate;
import io.hongbao.admission.LocalGate;
import io.hongbao.config.Configuration;
import io.hongbao.http.AdmittingDoor;
import io.hongbao.http.CommandDoor;
import io.hongbao.observe.EngineMetrics;
import io.hongbao.redis.RedisGate;
import io.hongbao.redis.RedisLink;
import io.hongbao.time.SecureRandomness;
import io.hongbao.time.SystemTime;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/**
 * The admission gates of a process: none without {@code redis.url}, else one per loop.
 *
 * <p>Without Redis this process is the only node that it knows of, and the packet's own limit
 * counts the same opens; a second count before it would cost and change nothing.
 *
 * <p><b>Thread:</b> the starter's; each gate then lives on its loop.
 */
final class Admission {

  private final List<RedisLink> links = new ArrayList<>();
  private final List<FallbackGate> gates = new ArrayList<>();

  private Admission() {}

  static Admission start(Vertx vertx, Configuration configuration, EventLoops loops)
      throws Exception {
    Admission admission = new Admission();
    String url = configuration.redis().url();
    if (url == null) {
      return admission;
    }
    // A link measures what its server does, which no sandbox's clock can hurry.
    SystemTime time = new SystemTime();
    int placesMax = configuration.redPacket().opensInFlightMax();
    long leaseMs = configuration.redis().admissionLeaseMs();
    LocalGate own = new LocalGate(placesMax, leaseMs, time);
    String process = Long.toHexString(new SecureRandomness().nextLong());
    for (int i = 0; i < configuration.engine().loops(); i++) {
      RedisLink link = new RedisLink(vertx, url, configuration.redis().timeoutMs(), time);
      admission.links.add(link);
      admission.gates.add(
          new FallbackGate(new RedisGate(link, process + ":" + i, placesMax, leaseMs), own));
    }
    loops.onEach(
        index -> {
          admission.links.get(index).start();
          return Future.succeededFuture();
        });
    return admission;
  }

  /** The door of one loop, with the gate before it where there is one. */
  CommandDoor before(CommandDoor door, int lane) {
    return gates.isEmpty() ? door : new AdmittingDoor(door, gates.get(lane));
  }

  /** Lets go of Redis; opens that still come are counted by this process alone. */
  void close() {
    links.forEach(RedisLink::close);
  }

  void bind(EngineMetrics metrics) {
    for (int i = 0; i < links.size(); i++) {
      String lane = Integer.toString(i);
      RedisLink link = links.get(i);
      FallbackGate gate = gates.get(i);
      metrics.laneValue(
          "hongbao.redis.up",
          "1 while the loop's connection to Redis is used",
          lane,
          link,
          one -> one.meters().isUp() ? 1 : 0);
      metrics.laneCount(
          "hongbao.redis.downs", "times it was lost", lane, link, one -> one.meters().downs());
      metrics.laneCount(
          "hongbao.redis.errors",
          "calls answered with an error",
          lane,
          link,
          one -> one.meters().errors());
      metrics.laneCount(
          "hongbao.redis.unsent",
          "calls not sent, since it was down or full",
          lane,
          link,
          one -> one.meters().unsent());
      metrics.laneCount(
          "hongbao.redis.lost", "calls never answered", lane, link, one -> one.meters().lost());
      metrics.quantiles(
          "hongbao.redis.call", "a call of Redis to its answer", lane, link.meters().callNanos());
      metrics.laneCount(
          "hongbao.admission.admitted",
          "opens that were given a place",
          lane,
          gate,
          one -> one.meters().admitted());
      metrics.laneCount(
          "hongbao.admission.full",
          "opens that found all places of their packet taken",
          lane,
          gate,
          one -> one.meters().full());
      metrics.laneCount(
          "hongbao.admission.fallbacks",
          "opens about which this process decided alone",
          lane,
          gate,
          one -> one.meters().fallbacks());
    }
  }
}
