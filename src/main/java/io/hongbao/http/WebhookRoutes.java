// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.http;

import io.hongbao.apikey.Scope;
import io.hongbao.delivery.HookTarget;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PageSize;
import io.hongbao.webhook.HookPlace;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookAnswer;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookAnswer.WebhooksShown;
import io.hongbao.webhook.WebhookCommand;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhooks;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import io.hongbao.webhook.WebhookLimits;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where events are sent: made, changed, moved.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class WebhookRoutes {

  static final String WEBHOOKS = "/v1/webhooks";
  static final String WEBHOOK = WEBHOOKS + "/{webhook_id}";

  private static final int TYPES_MAX = 50;
  private static final int TYPE_CHARS_MAX = 64;
  private static final WebhookLimits LIMITS = WebhookLimits.defaults();
  private static final long GRACE_S_MAX = RotateSecret.GRACE_MS_MAX / 1000;

  /** A day: long enough to roll a secret out without haste. */
  private static final long GRACE_S_DEFAULT = 86_400;

  private static final PageSize ONE = new PageSize(1, 1);

  private final EdgeParts parts;
  private final EventParts events;
  private final WebhookJson writer;

  WebhookRoutes(EdgeParts parts) {
    this.parts = parts;
    this.events = parts.events();
    this.writer = new WebhookJson(parts.events());
  }

  static Access reading() {
    return Access.SERVICE_OR_SUPPORT.needing(Scope.WEBHOOKS_READ);
  }

  static Access writing() {
    return Access.SERVICE.needing(Scope.WEBHOOKS_WRITE).audited(Access.Audit.ALL_KEYS);
  }

  void addTo(RouteTable routes) {
    routes.add(Route.get(WEBHOOKS, reading(), this::list));
    routes.add(Route.post(WEBHOOKS, writing(), BodyRule.JSON, this::make));
    routes.add(Route.get(WEBHOOK, reading(), this::read));
    routes.add(new Route(HttpMethod.PATCH, WEBHOOK, writing(), BodyRule.JSON, this::change));
    routes.add(Route.delete(WEBHOOK, writing(), this::delete));
    routes.add(Route.post(WEBHOOK + "/rotate", writing(), BodyRule.JSON_OR_EMPTY, this::rotate));
    routes.add(Route.post(WEBHOOK + "/replay", writing(), BodyRule.JSON, this::replay));
  }

  private void make(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String url = url(body);
    String types = body.has("types") ? types(body) : "*";
    String description = Fields.line(body, "description", LIMITS.descriptionCharsMax());
    FeedPlace place = place(body, EventQuery.LATEST);
    body.end();
    verified(
        exchange,
        place,
        from ->
            ask(
                exchange,
                new MakeWebhook(url, types, description, from),
                WebhookShown.class,
                (shown, position, repeated) -> shown(exchange, shown, position, 201, true)));
  }

  private String url(JsonRequest body) throws BadRequestException {
    String url = body.text("url", 1, LIMITS.urlCharsMax());
    try {
      HookTarget.parse(url, events.webhooks().allowHttp());
      return url;
    } catch (HookTarget.UnsuitableException e) {
      throw body.wrong("url", String.valueOf(e.getMessage()));
    }
  }

  private String types(JsonRequest body) throws BadRequestException {
    List<String> names = body.texts("types", TYPES_MAX, TYPE_CHARS_MAX);
    if (names.isEmpty() || events.feed().catalog().filter(names) == null) {
      throw body.wrong("types", "must name types of events, see /docs/events");
    }
    String joined = String.join(",", names);
    if (joined.length() > LIMITS.typesCharsMax()) {
      throw body.wrong("types", "must have at most " + LIMITS.typesCharsMax() + " characters");
    }
    return joined;
  }

  private FeedPlace place(JsonRequest body, @Nullable String otherwise) throws BadRequestException {
    String after = body.has("after") ? body.text("after", 1, TYPE_CHARS_MAX) : otherwise;
    if (after == null) {
      throw body.wrong("after", "is missing");
    }
    return EventQuery.place(after, "after", events.feed());
  }

  // A place that does not lie in this log would stop the webhook at once.
  private void verified(Exchange exchange, FeedPlace place, Consumer<HookPlace> next) {
    var unused =
        events
            .feed()
            .fromFiles(place, events.feed().catalog().everything(), ONE)
            .whenComplete(
                (page, failure) ->
                    exchange.onLoop(
                        () -> {
                          if (failure == null) {
                            next.accept(
                                new HookPlace(place.logPosition(), place.passed(), place.check()));
                          } else {
                            EventRoutes.refuse(exchange, bare(failure));
                          }
                        }));
  }

  private static Throwable bare(Throwable failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CompletionException && cause != null ? cause : failure;
  }

  private void list(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    ask(
        exchange,
        new ReadWebhooks(),
        WebhooksShown.class,
        (shown, position, repeated) -> {
          JsonWriter json = exchange.json().beginObject().name("items").beginArray();
          for (Webhook webhook : shown.webhooks()) {
            writer.webhook(json, webhook, exchange.nowMs(), false);
          }
          json.endArray().name("position").position(Webhook.PARTITION, shown.position());
          exchange.reply(200, json.endObject());
        });
  }

  private void read(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    ask(
        exchange,
        new ReadWebhook(id(exchange)),
        WebhookShown.class,
        (shown, position, repeated) -> shown(exchange, shown, 0, 200, false));
  }

  private void change(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    String url = body.has("url") ? url(body) : null;
    String types = body.has("types") ? types(body) : null;
    String description =
        body.has("description")
            ? Fields.line(body, "description", LIMITS.descriptionCharsMax())
            : null;
    Boolean enabled = body.has("enabled") ? body.flagOr("enabled", false) : null;
    body.end();
    if (url == null && types == null && description == null && enabled == null) {
      throw body.wrong("url", "is missing, as are types, description and enabled");
    }
    ask(
        exchange,
        new ChangeWebhook(id(exchange), url, types, description, enabled),
        WebhookShown.class,
        (shown, position, repeated) -> shown(exchange, shown, position, 200, false));
  }

  private void delete(Exchange exchange, Buffer body) throws BadRequestException {
    QueryReader.of(exchange.request()).end();
    ask(
        exchange,
        new DeleteWebhook(id(exchange)),
        WebhookShown.class,
        (shown, position, repeated) -> shown(exchange, shown, position, 200, false));
  }

  private void rotate(Exchange exchange, Buffer buffer) throws BadRequestException {
    long graceS = GRACE_S_DEFAULT;
    if (buffer.length() > 0) {
      JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
      graceS = body.integerOr("grace_s", 0, GRACE_S_MAX, GRACE_S_DEFAULT);
      body.end();
    }
    ask(
        exchange,
        new RotateSecret(id(exchange), graceS * 1000),
        WebhookShown.class,
        (shown, position, repeated) -> shown(exchange, shown, position, 200, true));
  }

  private void replay(Exchange exchange, Buffer buffer) throws BadRequestException {
    JsonRequest body = JsonRequest.parse(buffer, parts.http().bodyBytesMax());
    FeedPlace place = place(body, null);
    body.end();
    long id = id(exchange);
    verified(
        exchange,
        place,
        from ->
            ask(
                exchange,
                new MoveWebhook(id, from),
                WebhookShown.class,
                (shown, position, repeated) -> shown(exchange, shown, position, 200, false)));
  }

  /** The webhook that the path names; what is no id of ours is not found. */
  static long id(Exchange exchange) throws BadRequestException {
    long id = Ids.parse(exchange.pathValue("webhook_id"), Long.MAX_VALUE);
    if (id == Ids.NOT_AN_ID) {
      throw OldPackets.notFound();
    }
    return id;
  }

  static <T extends WebhookAnswer> void ask(
      Exchange exchange, WebhookCommand command, Class<T> type, Exchange.Taker<T> taker) {
    exchange.ask(Webhook.PARTITION, command, type, taker);
  }

  private void shown(
      Exchange exchange, WebhookShown shown, long position, int status, boolean withSecret) {
    JsonWriter json = exchange.json();
    writer.webhook(json, shown.webhook(), exchange.nowMs(), withSecret);
    exchange.position(Webhook.PARTITION, position, false).reply(status, json);
  }
}
