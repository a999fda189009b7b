// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.http;

import io.hongbao.delivery.Attempt;
import io.hongbao.delivery.Deliveries;
import io.hongbao.feed.FeedPage;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PageSize;
import io.hongbao.feed.PublicEvent;
import io.hongbao.model.RefusalCode;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookCommand.ReadWebhook;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * What was tried with a webhook, and single tries beside all order.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class DeliveryRoutes {

  static final String PING_TYPE = "webhook.ping";

  private static final PageSize ONE = new PageSize(1, 1);
  private static final int CURSOR_CHARS_MAX = 64;

  private final EdgeParts parts;
  private final EventParts events;
  private final Deliveries deliveries;
  private final WebhookJson writer;

  DeliveryRoutes(EdgeParts parts) {
    this.parts = parts;
    this.events = parts.events();
    this.deliveries = parts.events().deliveries();
    this.writer = new WebhookJson(parts.events());
  }

  void addTo(RouteTable routes) {
    String webhook = WebhookRoutes.WEBHOOK;
    routes.add(Route.get(webhook + "/deliveries", WebhookRoutes.reading(), this::list));
    routes.add(Route.post(webhook + "/ping", WebhookRoutes.writing(), BodyRule.NONE, this::ping));
    routes.add(
        Route.post(webhook + "/deliver", WebhookRoutes.writing(), BodyRule.JSON, this::deliver));
  }

  /** What to do with the webhook that the path names. */
  private interface Found {
    void found(Webhook webhook) throws BadRequestException;
  }

  private void find(Exchange exchange, Found next) throws BadRequestException {
    WebhookRoutes.ask(
        exchange,
        new ReadWebhook(WebhookRoutes.id(exchange)),
        WebhookShown.class,
        (shown, position, repeated) -> next.found(shown.webhook()));
  }

  private void list(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    find(
        exchange,
        webhook -> {
          JsonWriter json = exchange.json().beginObject().name("items").beginArray();
          List<Attempt> attempts = deliveries.attempts(webhook.id());
          attempts.forEach(attempt -> writer.attempt(json, attempt));
          exchange.reply(200, json.endArray().endObject());
        });
  }

  private void ping(Exchange exchange, Buffer body) throws BadRequestException {
    find(
        exchange,
        webhook -> {
          String id = "ping-" + exchange.requestId();
          JsonWriter json = exchange.json().beginObject().field("id", id);
          json.field("type", PING_TYPE).name("time").time(exchange.nowMs());
          json.name("subject").beginObject().field("kind", "webhook");
          json.name("id").id(webhook.id()).endObject();
          json.name("data").beginObject().endObject().endObject();
          answer(exchange, deliveries.sendOnce(webhook, id, PING_TYPE, "", 0, json.toBytes()));
        });
  }

  private void deliver(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    FeedPlace place = FeedPlace.parse(body.text("cursor", 1, CURSOR_CHARS_MAX));
    if (place == null || place.passed() == 0) {
      throw body.wrong("cursor", "must be the cursor of an event");
    }
    body.end();
    find(
        exchange,
        webhook -> {
          var unused =
              events
                  .feed()
                  .fromFiles(place.beforeLast(), events.feed().catalog().everything(), ONE)
                  .whenComplete(
                      (page, failure) ->
                          exchange.onLoop(() -> read(exchange, webhook, place, page, failure)));
        });
  }

  private void read(
      Exchange exchange,
      Webhook webhook,
      FeedPlace place,
      @Nullable FeedPage page,
      @Nullable Throwable failure) {
    if (page == null) {
      Throwable cause = failure == null ? new IllegalStateException("no page") : failure;
      Throwable inner = cause.getCause();
      EventRoutes.refuse(
          exchange, cause instanceof CompletionException && inner != null ? inner : cause);
      return;
    }
    PublicEvent event = page.events().isEmpty() ? null : page.events().getFirst();
    if (event == null || !event.place().equals(place)) {
      exchange.refuse(RefusalCode.CURSOR_UNKNOWN, "The cursor is not that of an event.");
      return;
    }
    answer(
        exchange,
        deliveries.sendOnce(
            webhook,
            event.id(),
            event.type().name(),
            event.type().subjectKind(),
            event.subjectId(),
            event.json()));
  }

  private void answer(Exchange exchange, CompletableFuture<Attempt> sent) {
    var unused =
        sent.whenComplete(
            (attempt, failure) ->
                exchange.onLoop(
                    () -> {
                      JsonWriter json = exchange.json();
                      writer.attempt(json, attempt);
                      exchange.reply(200, json);
                    }));
  }
}
