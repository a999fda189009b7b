// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Turns one family's events and transfers into bytes and back, by its SBE schema.
 *
 * <p><b>Invariant:</b> decode(encode(e)) equals e; what a released version wrote is decoded for
 * ever.
 */
public interface EventCodec {

  int schemaId();

  /**
   * Writes header and body.
   *
   * @return bytes written
   */
  int encode(Event event, MutableDirectBuffer target, int offset);

  /** Reads what {@link #encode} wrote; {@code offset} is that of the header. */
  Event decode(DirectBuffer source, int offset, int lengthBytes);
}
