// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Operations".
package io.hongbao.app;

import io.hongbao.export.ExportStatus;
import io.hongbao.observe.ManagementServer.Condition;
import io.vertx.core.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Locale;
import java.util.function.Supplier;

/** Says how the server is, part by part. */
final class Conditions implements Supplier<Condition> {

  private static final Logger LOG = System.getLogger(Conditions.class.getName());

  private final Server server;

  Conditions(Server server) {
    this.server = server;
  }

  /**
   * An operator says that the wall clock is right, however far it has stepped.
   *
   * @return by how much it was ahead of the server's time, milliseconds
   */
  long acceptWallClock() {
    long offsetMs = server.clock.acceptWallClock();
    LOG.log(Level.WARNING, "an operator accepted the wall clock, which was {0} ms ahead", offsetMs);
    return offsetMs;
  }

  @Override
  public Condition get() {
    JsonObject parts = new JsonObject();
    parts.put("engine", server.hasFailed() ? "failed" : "ok");
    if (server.holdsTimers()) {
      parts.put("timers", "held until POST /timers/release: nothing was journaled for long");
    }
    if (server.clock.isWallClockStepped()) {
      parts.put("clock", "stepped: not followed until POST /clock/accept, or a start");
    }
    OperationsRuntime operations = server.operationsRuntime();
    if (operations != null) {
      operations.describe(parts);
    }
    ReadModelRuntime lists = server.readModelRuntime();
    if (lists != null) {
      ExportStatus status = lists.status();
      // A late or absent read model is a degraded server, not a broken one.
      parts.put(
          "read_model",
          new JsonObject()
              .put("state", status.state().name().toLowerCase(Locale.ROOT))
              .put("lag_records", status.lagRecords())
              .put("lag_ms", status.lagMs())
              .put("failure", status.failure()));
    }
    return new Condition(!server.hasFailed(), server.isReady() && !server.hasFailed(), parts);
  }
}
