// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.http;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.Scope;
import io.hongbao.export.audit.AuditTable;
import io.hongbao.export.sql.AuditEntry;
import io.hongbao.export.sql.Period;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who changed what and why, from the read model.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class AuditRoutes {

  private static final char AUDIT = 'u';
  private static final Pattern SUBJECT = Pattern.compile("[a-z_]{1,32}:[A-Za-z0-9._:-]{1,64}");

  private final EdgeParts parts;

  AuditRoutes(EdgeParts parts) {
    this.parts = parts;
  }

  void addTo(RouteTable routes) {
    routes.add(
        Route.get("/v1/operator/audit", Access.SUPPORT.needing(Scope.AUDIT_READ), this::list));
  }

  private void list(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader query = QueryReader.of(exchange.request());
    @Nullable Long actor = actor(query.textOrNull("actor"));
    @Nullable String subject = query.textOrNull("subject");
    if (subject != null && !SUBJECT.matcher(subject).matches()) {
      throw QueryReader.wrong("subject", "must be a kind and an id, such as user:10001");
    }
    @Nullable Long fromMs = query.timeMsOrNull("from");
    @Nullable Long toMs = query.timeMsOrNull("to");
    ListQuery list = ListQuery.always(query, AUDIT, parts);
    query.end();
    Period period =
        new Period(fromMs == null ? 0 : fromMs, toMs == null ? Period.ALWAYS.toMs() : toMs);
    exchange.await(
        parts.readModel().audit(actor, subject, period, list.after(), list.limit(), list.min()),
        page -> ListRoutes.page(exchange, page, AUDIT, this::entry));
  }

  private static @Nullable Long actor(@Nullable String text) throws BadRequestException {
    if (text == null) {
      return null;
    }
    if (text.equals(Principal.ROOT_NAME)) {
      return ApiKey.ROOT_ID;
    }
    long id = Ids.parse(text, Long.MAX_VALUE);
    if (id == Ids.NOT_AN_ID) {
      throw QueryReader.wrong("actor", "must be a key's id or " + Principal.ROOT_NAME);
    }
    return id;
  }

  private void entry(JsonWriter json, AuditEntry entry) {
    int partition = AuditTable.partition(entry.id());
    long sequence = AuditTable.sequence(entry.id());
    json.beginObject();
    json.field("id", partition + ":" + sequence);
    json.name("at").time(entry.atMs()).name("actor").beginObject();
    json.field("key_id", Principal.keyName(entry.keyId())).field("name", entry.actor());
    json.endObject().field("operation", entry.operation());
    if (!entry.cause().isEmpty()) {
      json.field("cause", entry.cause());
    }
    if (!entry.subject().isEmpty()) {
      json.field("subject", entry.subject());
    }
    facts(json, "before", entry.before());
    facts(json, "after", entry.after());
    json.name("position").position(partition, sequence).endObject();
  }

  private void facts(JsonWriter json, String name, String facts) {
    if (facts.isEmpty()) {
      return;
    }
    json.name(name).beginObject();
    for (Map.Entry<String, Object> fact : new JsonObject(facts)) {
      if (fact.getKey().equals("asset") && fact.getValue() instanceof Integer number) {
        json.field("asset", parts.assets().code(number));
      } else if (fact.getValue() instanceof Number number) {
        json.field(fact.getKey(), number.longValue());
      } else {
        json.field(fact.getKey(), String.valueOf(fact.getValue()));
      }
    }
    json.endObject();
  }
}
