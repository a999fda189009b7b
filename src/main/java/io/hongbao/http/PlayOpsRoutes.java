// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.model.RefusalCode;
import io.hongbao.model.Rfc3339;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What the page /ops asks: the metrics of any server, and on a sandbox the kill with what came of
 * it.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class PlayOpsRoutes {

  private static final String LINKS = PlayRoutes.PLAY + "/ops-links";
  private static final String REPORT = PlayRoutes.PLAY + "/report";
  private static final Pattern KEY = Pattern.compile("hbk_[A-Za-z0-9_-]{16,128}");
  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{22}");
  private static final int CODE_BYTES = 16;
  private static final long LINK_LIFE_MS = 3_600_000;
  private static final CharSequence TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** Whole numbers of the report, which only the supervisor writes. */
  private static final List<String> COUNTS =
      List.of("kills", "down_ms", "acknowledged", "found", "ledger_sum");

  private final EdgeParts parts;

  PlayOpsRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.get("/v1/operator/metrics", Access.SUPPORT.needing(Scope.AUDIT_READ), this::metrics));
    if (!parts.sandbox().isOn()) {
      return;
    }
    Access play = Access.ADMIN.needing(Scope.SANDBOX_WRITE).audited(Access.Audit.NOBODY);
    routes.add(Route.post(LINKS, play, BodyRule.JSON, this::link));
    routes.add(Route.post(LINKS + "/redeem", Access.PUBLIC, BodyRule.JSON, this::redeem));
    routes.add(Route.post(PlayRoutes.PLAY + "/kill", play, BodyRule.JSON, this::kill));
    routes.add(new Route(HttpMethod.PUT, REPORT, play, BodyRule.JSON, this::putReport));
    routes.add(Route.get(REPORT, Access.SUPPORT.needing(Scope.AUDIT_READ), this::report));
  }

  private void metrics(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    exchange.await(
        parts.play().door().metrics(), text -> exchange.send(200, TEXT, Buffer.buffer(text)));
  }

  private void link(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String key = body.text("key", KEY, "a key's secret");
    body.end();
    byte[] chance = new byte[CODE_BYTES];
    parts.randomness().nextBytes(chance);
    String code = Base64.getUrlEncoder().withoutPadding().encodeToString(chance);
    long untilMs = exchange.nowMs() + LINK_LIFE_MS;
    if (!parts.play().board().put(code, key, untilMs, exchange.nowMs())) {
      exchange.refuse(RefusalCode.OVERLOADED, "There are too many links that nobody has used.");
      return;
    }
    JsonWriter json = exchange.json().beginObject().field("code", code);
    exchange.reply(201, json.name("expires_at").time(untilMs).endObject());
  }

  private void redeem(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String code = body.text("code", CODE, "a link's code");
    body.end();
    String key = parts.play().board().redeem(code, exchange.nowMs());
    if (key == null) {
      exchange.refuse(RefusalCode.NOT_FOUND, "The link has been used, or is too old.");
    } else {
      exchange.reply(200, exchange.json().beginObject().field("key", key).endObject());
    }
  }

  private void kill(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest.parse(buffer, parts.http().bodyBytesMax()).end();
    if (!parts.play().door().isSupervised()) {
      exchange.refuse(RefusalCode.NOT_FOUND, "Nobody would start this server again.");
      return;
    }
    exchange.await(
        parts.play().door().askToBeKilled(),
        done ->
            exchange.reply(202, exchange.json().beginObject().field("state", "asked").endObject()));
  }

  private void putReport(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    JsonObject report = new JsonObject();
    for (String name : COUNTS) {
      report.put(name, body.integer(name, 0, JsonRequest.INTEGER_MAX));
    }
    report.put("balanced", body.flag("balanced"));
    report.put("killed_at", Rfc3339.format(body.timeMs("killed_at")));
    body.end();
    parts.play().board().report(report);
    exchange.reply(200, report.toBuffer());
  }

  private void report(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    exchange.reply(200, parts.play().board().report().toBuffer());
  }
}
