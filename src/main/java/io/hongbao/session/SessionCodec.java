// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.session;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.session.SessionEvent.TokenEnded;
import io.hongbao.session.SessionEvent.TokenMinted;
import io.hongbao.session.codec.MessageHeaderDecoder;
import io.hongbao.session.codec.MessageHeaderEncoder;
import io.hongbao.session.codec.TokenEndedDecoder;
import io.hongbao.session.codec.TokenEndedEncoder;
import io.hongbao.session.codec.TokenMintedDecoder;
import io.hongbao.session.codec.TokenMintedEncoder;
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
                  .encodedLength();
          case TokenEnded e ->
              new TokenEndedEncoder()
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
        yield new TokenMinted(in.userId(), in.hashHigh(), in.hashLow(), in.expiresAtMs());
      }
      case TokenEndedDecoder.TEMPLATE_ID -> {
        var in = new TokenEndedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new TokenEnded(in.userId(), in.hashHigh(), in.hashLow());
      }
      default -> throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    };
  }
}
