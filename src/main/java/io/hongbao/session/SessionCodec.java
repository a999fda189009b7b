// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.session.SessionEvent.TokenExpired;
import io.hongbao.session.SessionEvent.TokenMinted;
import io.hongbao.session.SessionEvent.TokenRevoked;
import io.hongbao.session.codec.MessageHeaderDecoder;
import io.hongbao.session.codec.MessageHeaderEncoder;
import io.hongbao.session.codec.TokenExpiredDecoder;
import io.hongbao.session.codec.TokenExpiredEncoder;
import io.hongbao.session.codec.TokenMintedDecoder;
import io.hongbao.session.codec.TokenMintedEncoder;
import io.hongbao.session.codec.TokenRevokedDecoder;
import io.hongbao.session.codec.TokenRevokedEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events of sessions, schema 4. */
public final class SessionCodec implements EventCodec {

  public static final int SCHEMA_ID = 4;

  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        switch ((SessionEvent) event) {
          case TokenMinted e ->
              new TokenMintedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .userId(e.userId())
                  .hashHigh(e.hashHigh())
                  .hashLow(e.hashLow())
                  .expiresAtMs(e.expiresAtMs())
                  .role((short) e.role().number())
                  .encodedLength();
          case TokenRevoked e ->
              new TokenRevokedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .userId(e.userId())
                  .hashHigh(e.hashHigh())
                  .hashLow(e.hashLow())
                  .encodedLength();
          case TokenExpired e ->
              new TokenExpiredEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .userId(e.userId())
                  .hashHigh(e.hashHigh())
                  .hashLow(e.hashLow())
                  .encodedLength();
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    headerIn.wrap(source, offset);
    return switch (headerIn.templateId()) {
      case TokenMintedDecoder.TEMPLATE_ID -> {
        var in = new TokenMintedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new TokenMinted(
            in.userId(), in.hashHigh(), in.hashLow(), Role.ofNumber(in.role()), in.expiresAtMs());
      }
      case TokenRevokedDecoder.TEMPLATE_ID -> {
        var in = new TokenRevokedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new TokenRevoked(in.userId(), in.hashHigh(), in.hashLow());
      }
      case TokenExpiredDecoder.TEMPLATE_ID -> {
        var in = new TokenExpiredDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new TokenExpired(in.userId(), in.hashHigh(), in.hashLow());
      }
      default -> throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    };
  }
}
