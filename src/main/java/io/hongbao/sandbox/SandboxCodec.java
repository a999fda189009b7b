// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.sandbox;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.UnknownEventException;
import io.hongbao.sandbox.SandboxEvent.ClockAdvanced;
import io.hongbao.sandbox.codec.ClockAdvancedDecoder;
import io.hongbao.sandbox.codec.ClockAdvancedEncoder;
import io.hongbao.sandbox.codec.MessageHeaderDecoder;
import io.hongbao.sandbox.codec.MessageHeaderEncoder;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events of the sandbox, schema 6. */
public final class SandboxCodec implements EventCodec {

  public static final int SCHEMA_ID = 6;

  private final MessageHeaderEncoder headerOut = new MessageHeaderEncoder();
  private final MessageHeaderDecoder headerIn = new MessageHeaderDecoder();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    ClockAdvanced advanced = (ClockAdvanced) event;
    return MessageHeaderEncoder.ENCODED_LENGTH
        + new ClockAdvancedEncoder()
            .wrapAndApplyHeader(target, offset, headerOut)
            .totalOffsetMs(advanced.totalOffsetMs())
            .encodedLength();
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    headerIn.wrap(source, offset);
    if (headerIn.templateId() != ClockAdvancedDecoder.TEMPLATE_ID) {
      throw new UnknownEventException(SCHEMA_ID, headerIn.templateId());
    }
    var in = new ClockAdvancedDecoder().wrapAndApplyHeader(source, offset, headerIn);
    return new ClockAdvanced(in.totalOffsetMs());
  }
}
