// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/**
 * The segments that a directory holds, sorted out by their names alone.
 *
 * <p>Ids grow with every segment. A segment replaces all of smaller id that begin at its base or
 * later: such ones are left from before a recovery.
 *
 * @param live segments in {@code journal/}, in log order
 * @param archived segments of which only the copy in {@code archive/} is left, in log order
 * @param replaced segments in {@code journal/} to be deleted
 */
record SegmentListing(
    List<SegmentName> live, List<SegmentName> archived, List<SegmentName> replaced) {

  static SegmentListing of(Disk disk) throws IOException {
    List<SegmentName> live = namesIn(disk, SegmentName.LIVE_DIRECTORY);
    List<SegmentName> replaced = new ArrayList<>();
    long nextBase = Long.MAX_VALUE;
    for (int i = live.size() - 1; i >= 0; i--) {
      if (live.get(i).basePosition() >= nextBase) {
        replaced.add(live.remove(i));
      } else {
        nextBase = live.get(i).basePosition();
      }
    }
    List<SegmentName> archived = namesIn(disk, SegmentName.ARCHIVE_DIRECTORY);
    // The copy of a segment that is still there is not needed; it will be made again.
    archived.removeAll(live);
    return new SegmentListing(live, archived, replaced);
  }

  private static List<SegmentName> namesIn(Disk disk, String directory) throws IOException {
    List<SegmentName> names = new ArrayList<>();
    for (String file : disk.list(directory)) {
      SegmentName name = SegmentName.parse(file);
      if (name != null) {
        names.add(name);
      }
    }
    Collections.sort(names, Comparator.comparingLong(SegmentName::segmentId));
    return names;
  }

  /** All that stay when the new segment is there, archived ones first. */
  List<Segment> segmentsWith(SegmentName newest) {
    List<Segment> segments = new ArrayList<>();
    for (SegmentName name : archived) {
      segments.add(new Segment(name, true));
    }
    for (SegmentName name : live) {
      if (name.basePosition() < newest.basePosition()) {
        segments.add(new Segment(name, false));
      }
    }
    segments.add(new Segment(newest, false));
    return segments;
  }
}
