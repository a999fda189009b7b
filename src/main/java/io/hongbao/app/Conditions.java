// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Operations".
package io.hongbao.app;

import io.hongbao.export.ExportStatus;
import io.hongbao.observe.ManagementServer.Condition;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.function.Supplier;

/** Says how the server is, part by part. */
final class Conditions implements Supplier<Condition> {

  private final Server server;

  Conditions(Server server) {
    this.server = server;
  }

  @Override
  public Condition get() {
    JsonObject parts = new JsonObject();
    parts.put("engine", server.hasFailed() ? "failed" : "ok");
    if (server.holdsTimers()) {
      parts.put("timers", "held until POST /timers/release: nothing was journaled for long");
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
