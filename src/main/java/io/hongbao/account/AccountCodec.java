// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.account.codec.MessageHeaderEncoder;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Bytes of the events and transfers of accounts, schema 3. */
public final class AccountCodec implements EventCodec {

  public static final int SCHEMA_ID = 3;

  private final AccountEncoding encoding = new AccountEncoding();
  private final AccountDecoding decoding = new AccountDecoding();

  @Override
  public int schemaId() {
    return SCHEMA_ID;
  }

  @Override
  public int encode(Event event, MutableDirectBuffer target, int offset) {
    int body =
        event instanceof AccountTransfer transfer
            ? encoding.encode(transfer, target, offset)
            : encoding.encode((AccountEvent) event, target, offset);
    return MessageHeaderEncoder.ENCODED_LENGTH + body;
  }

  @Override
  public Event decode(DirectBuffer source, int offset, int lengthBytes) {
    return decoding.decode(source, offset);
  }
}
