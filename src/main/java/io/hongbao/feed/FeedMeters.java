// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

import java.util.concurrent.atomic.LongAdder;

/**
 * What the feed measures.
 *
 * <p><b>Thread:</b> any.
 */
public final class FeedMeters {

  private final LongAdder tailEvents = new LongAdder();
  private final LongAdder pagesFromTail = new LongAdder();
  private final LongAdder pagesFromFiles = new LongAdder();
  private final LongAdder readersOpened = new LongAdder();
  private final LongAdder readsRefused = new LongAdder();
  private final LongAdder failures = new LongAdder();

  /** Events written once for all readers at the end of the log. */
  public long tailEvents() {
    return tailEvents.sum();
  }

  public long pagesFromTail() {
    return pagesFromTail.sum();
  }

  public long pagesFromFiles() {
    return pagesFromFiles.sum();
  }

  /** Readers of files opened anew; a reader that goes on needs none. */
  public long readersOpened() {
    return readersOpened.sum();
  }

  /** Pages refused since too many waited. */
  public long readsRefused() {
    return readsRefused.sum();
  }

  /** Times that the files could not be read. */
  public long failures() {
    return failures.sum();
  }

  void countTail(int events) {
    tailEvents.add(events);
  }

  void countPageFromTail() {
    pagesFromTail.increment();
  }

  void countPageFromFiles() {
    pagesFromFiles.increment();
  }

  void countReaderOpened() {
    readersOpened.increment();
  }

  void countReadRefused() {
    readsRefused.increment();
  }

  void countFailure() {
    failures.increment();
  }
}
