// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.http;

import io.hongbao.engine.Refusal;
import io.hongbao.ladder.Ladder;
import io.hongbao.ladder.Rung;
import io.hongbao.model.RefusalCode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which step of the ladder each operation stands on.
 *
 * <p>What stands in neither list is never refused: whatever moves value, says what somebody owns,
 * or lets somebody in. A test asks of every read that it stands in one of the two, and that nothing
 * else than reads and chat stands on a step.
 *
 * <p><b>Thread:</b> any.
 */
final class RouteRungs {

  private static final Map<String, Rung> BY_OPERATION =
      Map.ofEntries(
          Map.entry("GET /v1/operator/trial-balance", Rung.ANALYTICS),
          Map.entry("GET /v1/red-packets/sent/summary", Rung.ANALYTICS),
          Map.entry("GET /v1/red-packets/received/summary", Rung.ANALYTICS),
          Map.entry("GET /v1/accounts/me/statement/export", Rung.ANALYTICS),
          Map.entry("GET /v1/accounts/{owner_id}/statement/export", Rung.ANALYTICS),
          Map.entry("GET /v1/red-packets/sent", Rung.LISTS),
          Map.entry("GET /v1/red-packets/received", Rung.LISTS),
          Map.entry("GET /v1/accounts/me/statement", Rung.LISTS),
          Map.entry("GET /v1/accounts/me/balance", Rung.LISTS),
          Map.entry("GET /v1/accounts/{owner_id}/statement", Rung.LISTS),
          Map.entry("GET /v1/accounts/{owner_id}/balance", Rung.LISTS),
          Map.entry("GET /v1/accounts/{owner_id}/transfers", Rung.LISTS),
          Map.entry("GET /v1/operator/audit", Rung.LISTS),
          Map.entry("GET /v1/red-packets/{packet_id}", Rung.DETAILS),
          Map.entry("GET /v1/red-packets/{packet_id}/proof", Rung.DETAILS),
          Map.entry("GET /v1/rooms/{room_id}/danmaku/pages/{epoch}/{page}", Rung.LISTS),
          Map.entry("GET /v1/rooms/{room_id}/danmaku", Rung.CHAT),
          Map.entry("GET /v1/rooms/{room_id}/stream", Rung.CHAT),
          Map.entry("GET /v1/rooms/ws", Rung.CHAT),
          Map.entry("POST /v1/rooms/{room_id}/danmaku", Rung.CHAT),
          Map.entry("POST /v1/rooms/{room_id}/gifts", Rung.CHAT));

  /** Reads that stay, each because money or the cure of the trouble hangs on it. */
  private static final Set<String> NEVER =
      Set.of(
          "GET /v1/accounts/me",
          "GET /v1/accounts/{owner_id}",
          "GET /v1/transfers",
          "GET /v1/transfers/{transfer_id}",
          "GET /v1/holds",
          "GET /v1/holds/{hold_id}",
          "GET /v1/operator/suspense",
          // How backends hear of money that moved.
          "GET /v1/events",
          "GET /v1/webhooks",
          "GET /v1/webhooks/{webhook_id}",
          "GET /v1/webhooks/{webhook_id}/deliveries",
          "GET /v1/users",
          "GET /v1/users/me",
          "GET /v1/users/me/sessions",
          "GET /v1/users/{user_id}",
          "GET /v1/sandbox/sms-messages",
          "GET /v1/assets",
          "GET /v1/time",
          "GET /v1/operator/accounts/{user_id}",
          "GET /v1/operator/holds/{hold_id}",
          "GET /v1/operator/rooms/{room_id}",
          // Where the room is and who may speak in it: asked once by a client that comes back.
          "GET /v1/rooms/{room_id}",
          "GET /v1/rooms/{room_id}/waiting/{ticket_id}",
          "GET /v1/rooms/{room_id}/sanctions",
          "GET /v1/operator/chat-filter",
          // The door of a sandbox, and what operators look at when something is wrong.
          "GET /v1/play",
          "GET /v1/play/names",
          "GET /v1/play/report",
          "GET /v1/operator/metrics",
          "GET /v1/operator/keys",
          "GET /v1/operator/degradation");

  /** A step that load closed stays closed for ten seconds at least. */
  static final Refusal DEGRADED = new Refusal(RefusalCode.DEGRADED, 5_000);

  private final Map<Route, Rung> byRoute = new HashMap<>();
  private final Ladder ladder;

  RouteRungs(List<Route> routes, Ladder ladder) {
    this.ladder = ladder;
    for (Route route : routes) {
      Rung rung = BY_OPERATION.get(operation(route));
      if (rung != null) {
        byRoute.put(route, rung);
      }
    }
  }

  /** Whether a request is to be turned away now; counts it if so. */
  boolean turnsAway(Route route) {
    return ladder.isRefusing() && ladder.turnsAway(byRoute.get(route));
  }

  static Map<String, Rung> byOperation() {
    return BY_OPERATION;
  }

  static Set<String> never() {
    return NEVER;
  }

  static String operation(Route route) {
    return route.method() + " " + route.path();
  }
}
