// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which segments there are, in log order; each ends where the next one begins.
 *
 * <p><b>Thread:</b> any. Readers take an immutable list; the writer and the archiver replace it.
 */
final class SegmentCatalog {

  private volatile List<Segment> segments;

  SegmentCatalog(List<Segment> segments) {
    this.segments = List.copyOf(segments);
  }

  List<Segment> segments() {
    return segments;
  }

  /** The segment that holds that log position; null if the log begins later. */
  @Nullable Segment at(long position) {
    Segment found = null;
    for (Segment segment : segments) {
      if (segment.basePosition() > position) {
        break;
      }
      found = segment;
    }
    return found;
  }

  /** Where the segment ends; the largest long for the newest one. */
  long endOf(Segment segment) {
    for (Segment other : segments) {
      if (other.basePosition() > segment.basePosition()) {
        return other.basePosition();
      }
    }
    return Long.MAX_VALUE;
  }

  synchronized void add(Segment segment) {
    List<Segment> changed = new ArrayList<>(segments);
    changed.add(segment);
    segments = List.copyOf(changed);
  }

  synchronized void markArchived(SegmentName name) {
    List<Segment> changed = new ArrayList<>(segments);
    changed.replaceAll(each -> each.name().equals(name) ? new Segment(name, true) : each);
    segments = List.copyOf(changed);
  }
}
