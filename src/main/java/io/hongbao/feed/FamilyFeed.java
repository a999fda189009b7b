// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import java.util.List;

/**
 * What the public feed shows of one family.
 *
 * <p><b>Thread:</b> one reader's; every reader has instances of its own.
 *
 * <p><b>Invariant:</b> follows from the event alone. A secret of the family is never written.
 */
public interface FamilyFeed {

  /** Decodes this family's events; its schema id says which those are. */
  EventCodec codec();

  /** Every message of the family's schema, shown or hidden; a test looks that none is missing. */
  List<Template> templates();

  /** Id of what the event is about; of the kind that its template names. */
  long subjectId(Event event);

  /**
   * The one user on whose private stream the event stands; 0 when it stands on nobody's.
   *
   * <p>He sees the whole envelope: an event that also says what somebody else has is nobody's.
   */
  default long userId(Event event) {
    return 0;
  }

  /** Writes the fields of {@code data}. */
  void write(Event event, DataWriter data);
}
