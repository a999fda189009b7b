// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.export.audit;

import io.hongbao.engine.EngineCodec;
import io.hongbao.engine.EngineEvent.ActionAudited;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.codec.ActionAuditedDecoder;
import io.hongbao.export.FamilyExports;
import io.hongbao.export.RecordStamp;
import io.hongbao.export.RowBatch;
import io.hongbao.export.Table;
import java.util.List;

/** Rows of the engine's events about who changed what. */
public final class AuditExports implements FamilyExports {

  private final EventCodec codec = new EngineCodec();

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public List<Table> tables() {
    return List.of(AuditTable.TABLE);
  }

  @Override
  public boolean wants(int templateId) {
    return templateId == ActionAuditedDecoder.TEMPLATE_ID;
  }

  @Override
  public void export(Event event, RecordStamp stamp, RowBatch rows) {
    ActionAudited audited = (ActionAudited) event;
    rows.row(AuditTable.TABLE, AuditTable.id(stamp))
        .set(AuditTable.AT_MS, stamp.timeMs())
        .set(AuditTable.KEY_ID, audited.keyId())
        .set(AuditTable.ACTOR, audited.actor())
        .set(AuditTable.OPERATION, audited.operation())
        .set(AuditTable.CAUSE, audited.cause())
        .set(AuditTable.SUBJECT, audited.subject())
        .set(AuditTable.BEFORE, audited.before())
        .set(AuditTable.AFTER, audited.after());
  }
}
