// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import io.hongbao.feed.FeedPage;
import io.hongbao.feed.FeedPlace;
import io.hongbao.feed.PublicEvent;
import io.hongbao.model.Check;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one webhook has still to accept, and what may be sent next.
 *
 * <p>Of each subject only the oldest event is sent; the next one waits until that is accepted.
 * Other subjects go on meanwhile. The place up to which everything is accepted only grows, and is
 * where a crash begins anew.
 *
 * <p><b>Thread:</b> one at a time; time is an argument.
 *
 * <p><b>Limit:</b> {@code windowEventsMax} events and {@code windowBytesMax} bytes; then {@link
 * #wantsMore} says no.
 */
final class HookQueue {

  /** One event on its way. */
  static final class Entry {
    private final PublicEvent event;
    private final ArrayDeque<Entry> subject;
    private int attempts;
    private long dueMs;
    private long failedSinceMs;
    private boolean isAccepted;

    private Entry(PublicEvent event, ArrayDeque<Entry> subject) {
      this.event = event;
      this.subject = subject;
    }

    PublicEvent event() {
      return event;
    }

    /** Attempts so far. */
    int attempts() {
      return attempts;
    }
  }

  private record Subject(String kind, long id) {}

  private final HookLimits limits;
  private final Queue<Entry> inOrder = new ArrayDeque<>();
  private final Map<Subject, ArrayDeque<Entry>> subjects = new HashMap<>();
  private final Queue<Entry> ready = new ArrayDeque<>();
  private final PriorityQueue<Entry> delayed =
      new PriorityQueue<>(Comparator.comparingLong((Entry entry) -> entry.dueMs));
  private FeedPlace readTo;
  private FeedPlace acceptedTo;
  private long bytes;
  private int inFlight;

  HookQueue(FeedPlace start, HookLimits limits) {
    this.limits = limits;
    this.readTo = start;
    this.acceptedTo = start;
  }

  /** Where the next page begins. */
  FeedPlace readTo() {
    return readTo;
  }

  /** Everything before it was accepted or not wanted. */
  FeedPlace acceptedTo() {
    return inOrder.isEmpty() ? readTo : acceptedTo;
  }

  boolean wantsMore() {
    return inOrder.size() < limits.windowEventsMax() && bytes < limits.windowBytesMax();
  }

  /** Events that were read and not yet accepted. */
  int size() {
    return inOrder.size();
  }

  int inFlight() {
    return inFlight;
  }

  /** Takes the page that begins at {@link #readTo}. */
  void offer(FeedPage page) {
    for (PublicEvent event : page.events()) {
      Subject key = new Subject(event.type().subjectKind(), event.subjectId());
      ArrayDeque<Entry> subject = subjects.computeIfAbsent(key, it -> new ArrayDeque<>());
      Entry entry = new Entry(event, subject);
      subject.add(entry);
      inOrder.add(entry);
      bytes += event.json().length;
      if (subject.size() == 1) {
        ready.add(entry);
      }
    }
    if (inOrder.isEmpty()) {
      acceptedTo = page.next();
    }
    readTo = page.next();
  }

  /** The next event that may be sent now; it counts as under way until it is answered for. */
  @Nullable Entry next(long nowMs) {
    Entry late = delayed.peek();
    Entry entry = late != null && late.dueMs <= nowMs ? delayed.poll() : ready.poll();
    if (entry != null) {
      entry.attempts++;
      inFlight++;
    }
    return entry;
  }

  /** When the next event that has failed is due; the largest long if there is none. */
  long nextDueMs() {
    Entry late = delayed.peek();
    return late == null ? Long.MAX_VALUE : late.dueMs;
  }

  /**
   * Takes an event off.
   *
   * @return whether the oldest one is done, so that {@link #acceptedTo} has grown
   */
  boolean accepted(Entry entry) {
    inFlight--;
    entry.isAccepted = true;
    bytes -= entry.event.json().length;
    Check.that(entry.subject.poll() == entry, "the oldest event of a subject is accepted first");
    Entry following = entry.subject.peek();
    if (following != null) {
      ready.add(following);
    } else {
      subjects.remove(new Subject(entry.event.type().subjectKind(), entry.event.subjectId()));
    }
    boolean hasGrown = false;
    while (!inOrder.isEmpty() && inOrder.element().isAccepted) {
      acceptedTo = inOrder.remove().event.place();
      hasGrown = true;
    }
    return hasGrown;
  }

  /** Lets an event wait for another attempt. */
  void failed(Entry entry, long nowMs, long delayMs) {
    inFlight--;
    entry.dueMs = nowMs + delayMs;
    if (entry.failedSinceMs == 0) {
      entry.failedSinceMs = nowMs;
    }
    delayed.add(entry);
  }

  /** Since when the oldest event that was not accepted has been refused; 0 when none was. */
  long failingSinceMs() {
    Entry oldest = inOrder.peek();
    return oldest == null ? 0 : oldest.failedSinceMs;
  }
}
