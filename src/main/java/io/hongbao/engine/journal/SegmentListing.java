// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import io.hongbao.disk.Disk;
import java.io.IOException;
import java.util.ArrayList;
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

  private static final Comparator<SegmentName> BY_ID =
      Comparator.comparingLong(SegmentName::segmentId);

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
    List<SegmentName> copies = namesIn(disk, SegmentName.ARCHIVE_DIRECTORY);
    List<SegmentName> archived = new ArrayList<>(copies);
    archived.removeAll(live);
    // Archiving goes from old to new, but the names of deleted segments may come back in a crash in
    // any order: one before a segment that only the archive has is ready to go again. A copy has
    // its name only when it is whole. Any other copy is not needed and will be made again.
    long archivedToId = archived.isEmpty() ? 0 : archived.get(archived.size() - 1).segmentId();
    for (SegmentName copy : copies) {
      if (copy.segmentId() < archivedToId && live.remove(copy)) {
        replaced.add(copy);
        archived.add(copy);
      }
    }
    archived.sort(BY_ID);
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
    names.sort(BY_ID);
    return names;
  }

  /** In log order: archived ones are older than live ones. */
  List<Segment> segments() {
    List<Segment> segments = new ArrayList<>();
    archived.forEach(name -> segments.add(new Segment(name, true)));
    live.forEach(name -> segments.add(new Segment(name, false)));
    return segments;
  }

  /** All that stay when the new segment is there. */
  List<Segment> segmentsWith(SegmentName newest) {
    List<Segment> segments = segments();
    segments.removeIf(each -> each.basePosition() >= newest.basePosition());
    segments.add(new Segment(newest, false));
    return segments;
  }
}
