// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.redpacket;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events and transfers of red packets, schema 2. */
public final class RedPacketCodec implements EventCodec {

  public static final int SCHEMA_ID = 2;

  private final RedPacketEncoding encoding = new RedPacketEncoding();
  private final RedPacketDecoding decoding = new RedPacketDecoding();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    return encoding.encode(event, target, offset);
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    return decoding.decode(source, offset);
  }
}
