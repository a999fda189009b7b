// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import io.hongbao.engine.journal.JournalReader;
import io.hongbao.export.RecordSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads events from the files, on from a place.
 *
 * <p>A place is found by its log position: the segment by its name, the record by its offset. Only
 * an archived segment has to be uncompressed up to there; so a reader that goes on is kept.
 *
 * <p><b>Thread:</b> one at a time, one that may block.
 *
 * <p><b>Limit:</b> one page looks at {@link #LOG_BYTES_MAX} of the log at most, so that a filter
 * that fits nothing keeps no thread.
 */
final class FeedReader implements AutoCloseable {

  /** Some 20 ms of reading and checking. */
  static final long LOG_BYTES_MAX = 8L << 20;

  private final JournalReader reader;
  private final EventDecoder decoder;
  private FeedPlace place;
  private boolean isInRecord;

  private FeedReader(JournalReader reader, EventDecoder decoder, FeedPlace place) {
    this.reader = reader;
    this.decoder = decoder;
    this.place = place;
  }

  /**
   * Opens the log at a place.
   *
   * @throws CursorUnknownException when another record stands there, or none
   */
  static FeedReader open(RecordSource source, EventDecoder decoder, FeedPlace place)
      throws IOException, CursorUnknownException {
    long first = source.firstLogPosition();
    boolean isStart = place.isSame(FeedPlace.START);
    if (place.logPosition() > source.durableLogPosition()
        || (place.logPosition() < first && !isStart)) {
      throw new CursorUnknownException();
    }
    JournalReader reader = source.readFrom(Math.max(first, place.logPosition()));
    try {
      if (place.passed() > 0) {
        findRecord(reader, place);
      }
      FeedReader opened = new FeedReader(reader, decoder, place);
      opened.isInRecord = place.passed() > 0;
      return opened;
    } catch (IOException | CursorUnknownException | RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  private static void findRecord(JournalReader reader, FeedPlace place)
      throws IOException, CursorUnknownException {
    boolean isThere =
        reader.next()
            && reader.recordLogPosition() == place.logPosition()
            && EventDecoder.checkOf(reader) == place.check();
    if (!isThere) {
      throw new CursorUnknownException();
    }
  }

  /** Where the next page begins. */
  FeedPlace place() {
    return place;
  }

  /** Reads on; a page that is not at the end may still hold less than was asked for, or nothing. */
  FeedPage page(TypeFilter filter, PageSize size) throws IOException {
    List<PublicEvent> events = new ArrayList<>();
    List<PublicEvent> ofRecord = new ArrayList<>();
    long fromPosition = reader.nextLogPosition();
    long bytes = 0;
    while (true) {
      if (!isInRecord) {
        if (size.isFull(events.size(), bytes)
            || reader.nextLogPosition() - fromPosition > LOG_BYTES_MAX) {
          return new FeedPage(events, place, false);
        }
        if (!reader.next()) {
          place = place.examinedTo(reader.nextLogPosition());
          return new FeedPage(events, place, true);
        }
      }
      int passedBefore = isInRecord ? place.passed() : 0;
      ofRecord.clear();
      int count = decoder.decode(reader, passedBefore, filter, ofRecord);
      for (PublicEvent event : ofRecord) {
        if (size.isFull(events.size(), bytes)) {
          isInRecord = true;
          return new FeedPage(events, place, false);
        }
        events.add(event);
        bytes += event.json().length;
        place = event.place();
      }
      place =
          FeedPlace.in(
              reader.recordLogPosition(), Math.max(1, count), EventDecoder.checkOf(reader));
      place = place.examinedTo(reader.nextLogPosition());
      isInRecord = false;
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
