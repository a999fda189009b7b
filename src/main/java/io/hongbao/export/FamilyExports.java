// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import java.util.List;

/**
 * What the read model learns of one family.
 *
 * <p><b>Thread:</b> one export loop's; every loop has instances of its own.
 *
 * <p><b>Invariant:</b> rows follow from the event and its stamp alone. A secret that the family
 * keeps (an open packet's seed) never gets into a row.
 */
public interface FamilyExports {

  /** Decodes this family's events; its schema id says which those are. */
  EventCodec codec();

  /** Tables that only this family writes. */
  List<Table> tables();

  /** Whether events of this SBE template give rows; others are not even decoded. */
  boolean wants(int templateId);

  /** Adds what the event says to the rows of the batch. */
  void export(Event event, RecordStamp stamp, RowBatch rows);
}
