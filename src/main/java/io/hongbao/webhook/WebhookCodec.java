// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.webhook;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.webhook.WebhookEvent.SecretRotated;
import io.hongbao.webhook.WebhookEvent.WebhookAdvanced;
import io.hongbao.webhook.WebhookEvent.WebhookChanged;
import io.hongbao.webhook.WebhookEvent.WebhookDeleted;
import io.hongbao.webhook.WebhookEvent.WebhookMade;
import io.hongbao.webhook.WebhookEvent.WebhookMoved;
import io.hongbao.webhook.WebhookEvent.WebhookPaused;
import io.hongbao.webhook.codec.MessageHeaderDecoder;
import io.hongbao.webhook.codec.MessageHeaderEncoder;
import io.hongbao.webhook.codec.PlaceDecoder;
import io.hongbao.webhook.codec.PlaceEncoder;
import io.hongbao.webhook.codec.SecretDecoder;
import io.hongbao.webhook.codec.SecretEncoder;
import io.hongbao.webhook.codec.SecretRotatedDecoder;
import io.hongbao.webhook.codec.SecretRotatedEncoder;
import io.hongbao.webhook.codec.WebhookAdvancedDecoder;
import io.hongbao.webhook.codec.WebhookAdvancedEncoder;
import io.hongbao.webhook.codec.WebhookChangedDecoder;
import io.hongbao.webhook.codec.WebhookChangedEncoder;
import io.hongbao.webhook.codec.WebhookDeletedDecoder;
import io.hongbao.webhook.codec.WebhookDeletedEncoder;
import io.hongbao.webhook.codec.WebhookMadeDecoder;
import io.hongbao.webhook.codec.WebhookMadeEncoder;
import io.hongbao.webhook.codec.WebhookMovedDecoder;
import io.hongbao.webhook.codec.WebhookMovedEncoder;
import io.hongbao.webhook.codec.WebhookPausedDecoder;
import io.hongbao.webhook.codec.WebhookPausedEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events of webhooks, schema 9. */
public final class WebhookCodec implements EventCodec {

  public static final int SCHEMA_ID = 9;

  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        switch ((WebhookEvent) event) {
          case WebhookMade e -> made(e, target, offset);
          case WebhookChanged e -> changed(e, target, offset);
          case SecretRotated e -> {
            var out = new SecretRotatedEncoder().wrapAndApplyHeader(target, offset, headerOut);
            put(out.webhookId(e.webhookId()).secret(), e.secret());
            yield out.beforeEndsAtMs(e.beforeEndsAtMs()).encodedLength();
          }
          case WebhookMoved e -> {
            var out = new WebhookMovedEncoder().wrapAndApplyHeader(target, offset, headerOut);
            put(out.webhookId(e.webhookId()).place(), e.place());
            yield out.encodedLength();
          }
          case WebhookAdvanced e -> {
            var out = new WebhookAdvancedEncoder().wrapAndApplyHeader(target, offset, headerOut);
            put(out.webhookId(e.webhookId()).place(), e.place());
            yield out.failingSinceMs(e.failingSinceMs()).encodedLength();
          }
          case WebhookPaused e ->
              new WebhookPausedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .webhookId(e.webhookId())
                  .reason((short) e.reason().number())
                  .encodedLength();
          case WebhookDeleted e ->
              new WebhookDeletedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .webhookId(e.webhookId())
                  .encodedLength();
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  private int made(WebhookMade e, MutableDirectBuffer target, int offset) {
    byte[] url = bytes(e.url());
    byte[] types = bytes(e.eventTypes());
    byte[] description = bytes(e.description());
    var out = new WebhookMadeEncoder().wrapAndApplyHeader(target, offset, headerOut);
    put(out.webhookId(e.webhookId()).secret(), e.secret());
    put(out.place(), e.place());
    return out.putUrl(url, 0, url.length)
        .putEventTypes(types, 0, types.length)
        .putDescription(description, 0, description.length)
        .encodedLength();
  }

  private int changed(WebhookChanged e, MutableDirectBuffer target, int offset) {
    byte[] url = bytes(e.url());
    byte[] types = bytes(e.eventTypes());
    byte[] description = bytes(e.description());
    return new WebhookChangedEncoder()
        .wrapAndApplyHeader(target, offset, headerOut)
        .webhookId(e.webhookId())
        .state((short) e.state().number())
        .putUrl(url, 0, url.length)
        .putEventTypes(types, 0, types.length)
        .putDescription(description, 0, description.length)
        .encodedLength();
  }

  private static void put(SecretEncoder out, HookSecret secret) {
    out.word0(secret.word0()).word1(secret.word1()).word2(secret.word2()).word3(secret.word3());
  }

  private static void put(PlaceEncoder out, HookPlace place) {
    out.logPosition(place.logPosition()).check(place.check()).passed(place.passed());
  }

  private static HookSecret secret(SecretDecoder in) {
    return new HookSecret(in.word0(), in.word1(), in.word2(), in.word3());
  }

  private static HookPlace place(PlaceDecoder in) {
    return new HookPlace(in.logPosition(), in.passed(), in.check());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Copies a variable field out of a decoder. */
  private interface Copier {
    int copy(byte[] target, int offset, int length);
  }

  private static String text(int length, Copier copier) {
    byte[] bytes = new byte[length];
    copier.copy(bytes, 0, length);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    headerIn.wrap(source, offset);
    return switch (headerIn.templateId()) {
      case WebhookMadeDecoder.TEMPLATE_ID -> made(source, offset);
      case WebhookChangedDecoder.TEMPLATE_ID -> changed(source, offset);
      case SecretRotatedDecoder.TEMPLATE_ID -> {
        var in = new SecretRotatedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new SecretRotated(in.webhookId(), secret(in.secret()), in.beforeEndsAtMs());
      }
      case WebhookMovedDecoder.TEMPLATE_ID -> {
        var in = new WebhookMovedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new WebhookMoved(in.webhookId(), place(in.place()));
      }
      case WebhookAdvancedDecoder.TEMPLATE_ID -> {
        var in = new WebhookAdvancedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new WebhookAdvanced(in.webhookId(), place(in.place()), in.failingSinceMs());
      }
      case WebhookPausedDecoder.TEMPLATE_ID -> {
        var in = new WebhookPausedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new WebhookPaused(in.webhookId(), PauseReason.ofNumber(in.reason()));
      }
      case WebhookDeletedDecoder.TEMPLATE_ID -> {
        var in = new WebhookDeletedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new WebhookDeleted(in.webhookId());
      }
      default -> throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    };
  }

  private WebhookMade made(DirectBuffer source, int offset) {
    var in = new WebhookMadeDecoder().wrapAndApplyHeader(source, offset, headerIn);
    long id = in.webhookId();
    HookSecret secret = secret(in.secret());
    HookPlace place = place(in.place());
    String url = text(in.urlLength(), in::getUrl);
    String types = text(in.eventTypesLength(), in::getEventTypes);
    String description = text(in.descriptionLength(), in::getDescription);
    return new WebhookMade(id, url, types, description, secret, place);
  }

  private WebhookChanged changed(DirectBuffer source, int offset) {
    var in = new WebhookChangedDecoder().wrapAndApplyHeader(source, offset, headerIn);
    long id = in.webhookId();
    HookState state = HookState.ofNumber(in.state());
    String url = text(in.urlLength(), in::getUrl);
    String types = text(in.eventTypesLength(), in::getEventTypes);
    String description = text(in.descriptionLength(), in::getDescription);
    return new WebhookChanged(id, url, types, description, state);
  }
}
