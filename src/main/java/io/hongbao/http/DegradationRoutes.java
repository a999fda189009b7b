// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.http;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyAnswer.ActionNoted;
import io.hongbao.apikey.KeyCommand.NoteAction;
import io.hongbao.apikey.Scope;
import io.hongbao.engine.AuditFacts;
import io.hongbao.ladder.Ladder;
import io.hongbao.ladder.OperatorWord;
import io.hongbao.ladder.Pressure;
import io.hongbao.ladder.Rung;
import io.hongbao.ladder.RungMode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The operator's switches for what may be refused so that money goes on.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class DegradationRoutes {

  private static final String PATH = "/v1/operator/degradation";
  private static final Map<String, RungMode> MODES = JsonRequest.wireNames(RungMode.class);

  private final EdgeParts parts;

  DegradationRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get(PATH, Access.SUPPORT.needing(Scope.AUDIT_READ), this::read));
    routes.add(
        new Route(
            HttpMethod.PUT,
            PATH,
            Access.ADMIN.needing(Scope.SERVER_WRITE),
            BodyRule.JSON,
            this::say));
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    show(exchange);
  }

  private void say(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    JsonRequest wanted = body.object("modes");
    Map<Rung, RungMode> modes = new EnumMap<>(Rung.class);
    for (Rung rung : Rung.all()) {
      modes.put(rung, wanted.choiceOr(rung.wireName(), MODES, RungMode.AUTO));
    }
    String cause = Fields.line(body, "cause", OperatorWord.CAUSE_CHARS_MAX);
    if (cause.isBlank()) {
      throw body.wrong("cause", "must have 1 to " + OperatorWord.CAUSE_CHARS_MAX + " characters");
    }
    body.end();
    exchange.caller().needCause(cause);
    String before = facts(parts.ladder().ladder().word());
    OperatorWord word = new OperatorWord(modes, cause, exchange.nowMs());
    exchange.await(
        parts.ladder().say(word),
        done -> {
          // Not waited for: the switch is for moments in which the journal is slow.
          exchange.ask(
              ApiKey.PARTITION,
              new NoteAction("server:degradation", before, facts(word)),
              ActionNoted.class,
              (noted, position, repeated) -> {});
          show(exchange);
        });
  }

  private static String facts(OperatorWord word) {
    AuditFacts facts = AuditFacts.of("cause", word.cause());
    Rung.all().forEach(rung -> facts.and(rung.wireName(), word.mode(rung).wireName()));
    return facts.text();
  }

  private void show(Exchange exchange) {
    Ladder ladder = parts.ladder().ladder();
    OperatorWord word = ladder.word();
    JsonWriter json = exchange.json().beginObject().name("steps").beginArray();
    for (Rung rung : Rung.all()) {
      json.beginObject().field("step", rung.wireName());
      json.field("mode", word.mode(rung).wireName());
      json.field("refused", ladder.isRefused(rung));
      json.field("asked_by_load", ladder.isAskedByLoad(rung));
      json.field("refused_from_percent", Math.round(100 * rung.refusedFrom()));
      json.field("refusals", ladder.refusals(rung)).endObject();
    }
    json.endArray();
    if (word.atMs() > 0) {
      json.field("cause", word.cause()).name("changed_at").time(word.atMs());
    }
    pressures(json, parts.ladder().pressures());
    exchange.reply(200, json.endObject());
  }

  private static void pressures(JsonWriter json, List<Pressure> pressures) {
    json.name("pressures").beginArray();
    for (Pressure pressure : pressures) {
      json.beginObject().field("signal", pressure.signal().wireName());
      json.field("percent", Math.round(100 * pressure.share())).endObject();
    }
    json.endArray();
  }
}
