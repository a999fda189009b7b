// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.engine.EngineCodec;
import io.hongbao.engine.codec.ActionAuditedDecoder;
import io.hongbao.engine.codec.KeyStoredDecoder;
import io.hongbao.engine.codec.KeysDroppedDecoder;
import io.hongbao.engine.codec.StateHashedDecoder;
import io.hongbao.engine.codec.TransfersAcknowledgedDecoder;
import io.hongbao.engine.codec.TransfersReceivedDecoder;
import io.hongbao.feed.Template.Hidden;

/** What the engine journals for itself. */
public final class EngineFeed extends HiddenFeed {

  private static final String TRANSFERS =
      "moves money between partitions; the events that send and take it are shown";
  private static final String KEYS = "holds the hash of a client's key; what it made is shown";

  public EngineFeed() {
    super(
        new EngineCodec(),
        new Hidden(StateHashedDecoder.TEMPLATE_ID, "checks replays; nothing has happened"),
        new Hidden(TransfersReceivedDecoder.TEMPLATE_ID, TRANSFERS),
        new Hidden(TransfersAcknowledgedDecoder.TEMPLATE_ID, TRANSFERS),
        new Hidden(KeyStoredDecoder.TEMPLATE_ID, KEYS),
        new Hidden(KeysDroppedDecoder.TEMPLATE_ID, KEYS),
        new Hidden(
            ActionAuditedDecoder.TEMPLATE_ID,
            "who made a change; the audit shows it to those who may know"));
  }
}
