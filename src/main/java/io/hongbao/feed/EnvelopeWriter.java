// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.engine.Event;

/**
 * Writes the one form in which an event is shown, whichever way it is asked for.
 *
 * <p><b>Thread:</b> one reader's; every reader has a writer of its own.
 */
@FunctionalInterface
public interface EnvelopeWriter {

  /** The envelope as JSON; the caller keeps the array and nobody changes it. */
  byte[] write(Stamped stamped, FamilyFeed family, Event event);

  /**
   * What an envelope says beside its data.
   *
   * @param place behind the event
   * @param userId whom the event concerns, {@link FamilyFeed#userId}; not part of the envelope
   * @param eventIndex ordinal in its record, from 0
   */
  record Stamped(
      FeedPlace place,
      EventType type,
      long subjectId,
      long userId,
      int partition,
      long sequence,
      int eventIndex,
      long timeMs) {

    /** Unique and the same for ever. */
    public String id() {
      return partition + ":" + sequence + ":" + eventIndex;
    }
  }
}
