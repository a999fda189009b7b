// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine;

import io.hongbao.engine.EngineEvent.ActionAudited;
import io.hongbao.engine.EngineEvent.KeyStored;
import io.hongbao.engine.EngineEvent.KeysDropped;
import io.hongbao.engine.EngineEvent.StateHashed;
import io.hongbao.engine.EngineEvent.TransfersAcknowledged;
import io.hongbao.engine.EngineEvent.TransfersReceived;
import io.hongbao.engine.codec.ActionAuditedDecoder;
import io.hongbao.engine.codec.ActionAuditedEncoder;
import io.hongbao.engine.codec.KeyStoredDecoder;
import io.hongbao.engine.codec.KeyStoredEncoder;
import io.hongbao.engine.codec.KeysDroppedDecoder;
import io.hongbao.engine.codec.KeysDroppedEncoder;
import io.hongbao.engine.codec.MessageHeaderDecoder;
import io.hongbao.engine.codec.MessageHeaderEncoder;
import io.hongbao.engine.codec.StateHashedDecoder;
import io.hongbao.engine.codec.StateHashedEncoder;
import io.hongbao.engine.codec.TransfersAcknowledgedDecoder;
import io.hongbao.engine.codec.TransfersAcknowledgedEncoder;
import io.hongbao.engine.codec.TransfersReceivedDecoder;
import io.hongbao.engine.codec.TransfersReceivedEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the engine's own events, schema 1. */
public final class EngineCodec implements EventCodec {

  public static final int SCHEMA_ID = 1;

  private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;

  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();
  private final StateHashedEncoder stateHashed = new StateHashedEncoder();
  private final TransfersReceivedEncoder received = new TransfersReceivedEncoder();
  private final TransfersAcknowledgedEncoder acknowledged = new TransfersAcknowledgedEncoder();
  private final KeyStoredEncoder keyStored = new KeyStoredEncoder();
  private final KeysDroppedEncoder keysDropped = new KeysDroppedEncoder();
  private final ActionAuditedEncoder audited = new ActionAuditedEncoder();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        switch ((EngineEvent) event) {
          case StateHashed e ->
              stateHashed
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .hash(e.hash())
                  .encodedLength();
          case TransfersReceived e ->
              received
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .source(e.source())
                  .upTo(e.upTo())
                  .encodedLength();
          case TransfersAcknowledged e ->
              acknowledged
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .destination(e.destination())
                  .upTo(e.upTo())
                  .encodedLength();
          case KeyStored e ->
              keyStored
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .hashHigh(e.hashHigh())
                  .hashLow(e.hashLow())
                  .bodyHash(e.bodyHash())
                  .answerCode(e.answerCode())
                  .resultId(e.resultId())
                  .encodedLength();
          case KeysDropped e ->
              keysDropped
                  .wrapAndApplyHeader(target, offset, headerOut)
                  .count(e.count())
                  .encodedLength();
          case ActionAudited e -> audited(e, target, offset);
        };
    return HEADER + body;
  }

  private int audited(ActionAudited e, MutableDirectBuffer target, int offset) {
    byte[] actor = utf8(e.actor());
    byte[] operation = utf8(e.operation());
    byte[] cause = utf8(e.cause());
    byte[] subject = utf8(e.subject());
    byte[] before = utf8(e.before());
    byte[] after = utf8(e.after());
    return audited
        .wrapAndApplyHeader(target, offset, headerOut)
        .keyId(e.keyId())
        .putActor(actor, 0, actor.length)
        .putOperation(operation, 0, operation.length)
        .putCause(cause, 0, cause.length)
        .putSubject(subject, 0, subject.length)
        .putBefore(before, 0, before.length)
        .putAfter(after, 0, after.length)
        .encodedLength();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    headerIn.wrap(source, offset);
    return switch (headerIn.templateId()) {
      case StateHashedDecoder.TEMPLATE_ID -> {
        var in = new StateHashedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new StateHashed(in.hash());
      }
      case TransfersReceivedDecoder.TEMPLATE_ID -> {
        var in = new TransfersReceivedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new TransfersReceived(in.source(), in.upTo());
      }
      case TransfersAcknowledgedDecoder.TEMPLATE_ID -> {
        var in = new TransfersAcknowledgedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new TransfersAcknowledged(in.destination(), in.upTo());
      }
      case KeyStoredDecoder.TEMPLATE_ID -> {
        var in = new KeyStoredDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new KeyStored(
            in.hashHigh(), in.hashLow(), in.bodyHash(), in.answerCode(), in.resultId());
      }
      case KeysDroppedDecoder.TEMPLATE_ID -> {
        var in = new KeysDroppedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        yield new KeysDropped(in.count());
      }
      case ActionAuditedDecoder.TEMPLATE_ID -> {
        var in = new ActionAuditedDecoder().wrapAndApplyHeader(source, offset, headerIn);
        // In the order of the schema: each text begins where the one before ends.
        yield new ActionAudited(
            in.keyId(),
            text(in.actorLength(), in::getActor),
            text(in.operationLength(), in::getOperation),
            text(in.causeLength(), in::getCause),
            text(in.subjectLength(), in::getSubject),
            text(in.beforeLength(), in::getBefore),
            text(in.afterLength(), in::getAfter));
      }
      default -> throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    };
  }

  /** Copies a text of the event that is decoded. */
  private interface TextReader {
    int read(byte[] target, int offset, int lengthBytes);
  }

  private static String text(int lengthBytes, TextReader reader) {
    byte[] bytes = new byte[lengthBytes];
    reader.read(bytes, 0, lengthBytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
