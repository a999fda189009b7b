// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.engine.Event;
import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.EventCursor;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes public events of journaled records.
 *
 * <p><b>Thread:</b> one reader's: codecs and the writer have state.
 */
final class EventDecoder {

  private final EventCatalog catalog;
  private final EnvelopeWriter writer;
  private final Map<Integer, FamilyFeed> families = new HashMap<>();
  private final EventCursor events = new EventCursor();

  EventDecoder(
      EventCatalog catalog, Collection<? extends FamilyFeed> families, EnvelopeWriter writer) {
    this.catalog = catalog;
    this.writer = writer;
    families.forEach(family -> this.families.put(family.codec().schemaId(), family));
  }

  /** What tells the reader's record from any other. */
  static long checkOf(JournalReader record) {
    return FeedPlace.checkOf(record.partition(), record.sequence(), record.timeMs());
  }

  /**
   * Adds the wanted events of the reader's record.
   *
   * @param passed so many of its first events are left out
   * @return how many events the record has in all, hidden ones too
   */
  int decode(JournalReader record, int passed, TypeFilter filter, List<PublicEvent> target) {
    long check = checkOf(record);
    events.wrap(record.buffer(), record.offset(), record.lengthBytes());
    while (events.next()) {
      EventType type = catalog.type(events.schemaId(), events.templateId());
      FamilyFeed family = type == null ? null : families.get(events.schemaId());
      if (events.index() >= passed && type != null && family != null && filter.wants(type)) {
        target.add(show(record, check, type, family));
      }
    }
    return events.index() + 1;
  }

  private PublicEvent show(JournalReader record, long check, EventType type, FamilyFeed family) {
    Event event = family.codec().decode(events.buffer(), events.offset(), events.lengthBytes());
    EnvelopeWriter.Stamped stamped =
        new EnvelopeWriter.Stamped(
            FeedPlace.in(record.recordLogPosition(), events.index() + 1, check),
            type,
            family.subjectId(event),
            family.userId(event),
            record.partition(),
            record.sequence(),
            events.index(),
            record.timeMs());
    return new PublicEvent(stamped, writer.write(stamped, family, event));
  }
}
