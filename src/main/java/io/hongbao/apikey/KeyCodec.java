// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.apikey;

import io.hongbao.apikey.KeyEvent.KeyMade;
import io.hongbao.apikey.KeyEvent.KeyRevoked;
import io.hongbao.apikey.KeyEvent.KeyRotated;
import io.hongbao.apikey.KeyEvent.KeyUsed;
import io.hongbao.apikey.codec.KeyMadeDecoder;
import io.hongbao.apikey.codec.KeyMadeEncoder;
import io.hongbao.apikey.codec.KeyRevokedDecoder;
import io.hongbao.apikey.codec.KeyRevokedEncoder;
import io.hongbao.apikey.codec.KeyRotatedDecoder;
import io.hongbao.apikey.codec.KeyRotatedEncoder;
import io.hongbao.apikey.codec.KeyUsedDecoder;
import io.hongbao.apikey.codec.KeyUsedEncoder;
import io.hongbao.apikey.codec.MessageHeaderDecoder;
import io.hongbao.apikey.codec.MessageHeaderEncoder;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.UnknownEventException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events of API keys, schema 7. */
public final class KeyCodec implements EventCodec {

  public static final int SCHEMA_ID = 7;

  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        switch ((KeyEvent) event) {
          case KeyMade e -> made(e, target, offset);
          case KeyRotated e ->
              new KeyRotatedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .keyId(e.keyId())
                  .hashHigh(e.hashHigh())
                  .hashLow(e.hashLow())
                  .beforeEndsAtMs(e.beforeEndsAtMs())
                  .encodedLength();
          case KeyRevoked e ->
              new KeyRevokedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .keyId(e.keyId())
                  .encodedLength();
          case KeyUsed e ->
              new KeyUsedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .keyId(e.keyId())
                  .atMs(e.atMs())
                  .encodedLength();
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  private int made(KeyMade e, MutableDirectBuffer target, int offset) {
    byte[] name = e.name().getBytes(StandardCharsets.UTF_8);
    return new KeyMadeEncoder()
        .wrapAndApplyHeader(target, offset, headerOut)
        .keyId(e.keyId())
        .scopes(e.scopes())
        .hashHigh(e.hashHigh())
        .hashLow(e.hashLow())
        .expiresAtMs(e.expiresAtMs())
        .role((short) e.role().number())
        .putName(name, 0, name.length)
        .encodedLength();
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    headerIn.wrap(source, offset);
    return switch (headerIn.templateId()) {
      case KeyMadeDecoder.TEMPLATE_ID -> made(source, offset);
      case KeyRotatedDecoder.TEMPLATE_ID -> {
        var in = new KeyRotatedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new KeyRotated(in.keyId(), in.hashHigh(), in.hashLow(), in.beforeEndsAtMs());
      }
      case KeyRevokedDecoder.TEMPLATE_ID -> {
        var in = new KeyRevokedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new KeyRevoked(in.keyId());
      }
      case KeyUsedDecoder.TEMPLATE_ID -> {
        var in = new KeyUsedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new KeyUsed(in.keyId(), in.atMs());
      }
      default -> throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    };
  }

  private KeyMade made(DirectBuffer source, int offset) {
    var in = new KeyMadeDecoder().wrapAndApplyHeader(source, offset, headerIn);
    byte[] name = new byte[in.nameLength()];
    in.getName(name, 0, name.length);
    return new KeyMade(
        in.keyId(),
        new String(name, StandardCharsets.UTF_8),
        KeyRole.ofNumber(in.role()),
        in.scopes(),
        in.hashHigh(),
        in.hashLow(),
        in.expiresAtMs());
  }
}
