// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import io.hongbao.provider.MalformedFieldsException;
import io.hongbao.provider.sim.PayScript;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;

/**
 * What only a sandbox has: a clock that can be moved, users from nothing, faults of providers.
 *
 * <p>On any other data directory these routes do not exist, and answer like every unknown path.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class SandboxRoutes {

  private final EdgeParts parts;

  SandboxRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    if (!parts.sandbox().isOn()) {
      return;
    }
    routes.add(
        new Route(
            HttpMethod.PUT,
            "/v1/sandbox/providers/{provider}/script",
            Access.OPERATOR,
            BodyRule.JSON,
            this::script));
  }

  private void script(Exchange exchange, Buffer buffer) throws BadRequestException {
    // Parsed twice: once for the general rules of bodies, once by its owner.
    JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    PayScript script;
    try {
      script = PayScript.parse(new JsonObject(buffer));
    } catch (MalformedFieldsException malformed) {
      throw new BadRequestException(
          RefusalCode.MALFORMED_REQUEST, String.valueOf(malformed.getMessage()));
    }
    parts
        .sandbox()
        .script(exchange.pathValue("provider"), script)
        .onComplete(
            done ->
                exchange.onLoop(
                    () -> {
                      if (done.failed()) {
                        exchange.failed(done.cause());
                      } else if (done.result()) {
                        exchange.reply(200, script.toJson().toBuffer());
                      } else {
                        exchange.refuse(
                            RefusalCode.NOT_FOUND, "There is no such simulated provider.");
                      }
                    }));
  }
}
