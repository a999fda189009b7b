// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events and transfers of people, schema 8. */
public final class PersonCodec implements EventCodec {

  public static final int SCHEMA_ID = 8;

  private final PersonEncoding encoding = new PersonEncoding();
  private final PersonDecoding decoding = new PersonDecoding();

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
