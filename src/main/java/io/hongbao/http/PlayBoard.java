// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.http;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the edges of a sandbox share about its play: one-time links to /ops, and what the supervisor
 * found after the last kill.
 *
 * <p><b>Thread:</b> any; every method holds the board's lock for a few steps.
 *
 * <p><b>Durability:</b> none, on purpose: a link must not outlive the process that gave it out.
 *
 * <p><b>Limit:</b> {@link #LINKS_MAX} links.
 */
public final class PlayBoard {

  static final int LINKS_MAX = 16;

  private record Link(String key, long untilMs) {}

  private final Map<String, Link> links = new HashMap<>();
  private JsonObject report = new JsonObject().put("kills", 0);

  /** Keeps a key until somebody comes with the code; false when there are too many. */
  synchronized boolean put(String code, String key, long untilMs, long nowMs) {
    links.values().removeIf(link -> link.untilMs() <= nowMs);
    if (links.size() >= LINKS_MAX) {
      return false;
    }
    links.put(code, new Link(key, untilMs));
    return true;
  }

  /** Hands out a key, once; null for a code that is unknown, used or too old. */
  synchronized @Nullable String redeem(String code, long nowMs) {
    Link link = links.remove(code);
    return link == null || link.untilMs() <= nowMs ? null : link.key();
  }

  synchronized void report(JsonObject found) {
    report = found;
  }

  /** What was found after the last kill; before the first, only that there was none. */
  synchronized JsonObject report() {
    return report;
  }
}
