// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.session.SessionEvent.LoginClosed;
import io.hongbao.session.SessionEvent.LoginOpened;
import io.hongbao.session.SessionEvent.LoginRefreshed;
import io.hongbao.session.SessionEvent.TokenExpired;
import io.hongbao.session.SessionEvent.TokenMinted;
import io.hongbao.session.SessionEvent.TokenRevoked;
import io.hongbao.session.codec.LoginClosedDecoder;
import io.hongbao.session.codec.LoginClosedEncoder;
import io.hongbao.session.codec.LoginOpenedDecoder;
import io.hongbao.session.codec.LoginOpenedEncoder;
import io.hongbao.session.codec.LoginRefreshedDecoder;
import io.hongbao.session.codec.LoginRefreshedEncoder;
import io.hongbao.session.codec.MessageHeaderDecoder;
import io.hongbao.session.codec.MessageHeaderEncoder;
import io.hongbao.session.codec.TokenExpiredDecoder;
import io.hongbao.session.codec.TokenExpiredEncoder;
import io.hongbao.session.codec.TokenMintedDecoder;
import io.hongbao.session.codec.TokenMintedEncoder;
import io.hongbao.session.codec.TokenRevokedDecoder;
import io.hongbao.session.codec.TokenRevokedEncoder;
import java.nio.charset.StandardCharsets;
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
          case LoginOpened e -> opened(e, target, offset);
          case LoginRefreshed e ->
              new LoginRefreshedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .userId(e.userId())
                  .sessionId(e.sessionId())
                  .generation(e.generation())
                  .hashHigh(e.access().hashHigh())
                  .hashLow(e.access().hashLow())
                  .accessExpiresAtMs(e.access().expiresAtMs())
                  .expiresAtMs(e.expiresAtMs())
                  .encodedLength();
          case LoginClosed e ->
              new LoginClosedEncoder()
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .userId(e.userId())
                  .sessionId(e.sessionId())
                  .cause((short) e.cause().number())
                  .encodedLength();
        };
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  private int opened(LoginOpened e, MutableDirectBuffer target, int offset) {
    byte[] device = e.device().getBytes(StandardCharsets.UTF_8);
    return new LoginOpenedEncoder()
        .wrapAndApplyHeader(target, offset, headerOut)
        .userId(e.userId())
        .sessionId(e.sessionId())
        .hashHigh(e.access().hashHigh())
        .hashLow(e.access().hashLow())
        .accessExpiresAtMs(e.access().expiresAtMs())
        .expiresAtMs(e.expiresAtMs())
        .putDevice(device, 0, device.length)
        .encodedLength();
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
      case LoginOpenedDecoder.TEMPLATE_ID -> opened(source, offset);
      case LoginRefreshedDecoder.TEMPLATE_ID -> {
        var in = new LoginRefreshedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new LoginRefreshed(
            in.userId(),
            in.sessionId(),
            in.generation(),
            new Login.Access(in.hashHigh(), in.hashLow(), in.accessExpiresAtMs()),
            in.expiresAtMs());
      }
      case LoginClosedDecoder.TEMPLATE_ID -> {
        var in = new LoginClosedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new LoginClosed(in.userId(), in.sessionId(), CloseCause.ofNumber(in.cause()));
      }
      default -> throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    };
  }

  private Event opened(DirectBuffer source, int offset) {
    var in = new LoginOpenedDecoder().wrapAndApplyHeader(source, offset, headerIn);
    byte[] device = new byte[in.deviceLength()];
    in.getDevice(device, 0, device.length);
    return new LoginOpened(
        in.userId(),
        in.sessionId(),
        new Login.Access(in.hashHigh(), in.hashLow(), in.accessExpiresAtMs()),
        in.expiresAtMs(),
        new String(device, StandardCharsets.UTF_8));
  }
}
