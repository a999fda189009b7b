// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine.journal;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a segment begins and which one it is, as its file name tells. */
record SegmentName(long basePosition, long segmentId) {

  static final String LIVE_DIRECTORY = "journal";
  static final String ARCHIVE_DIRECTORY = "archive";
  static final String ARCHIVE_SUFFIX = ".gz";
  static final String UNFINISHED_SUFFIX = ".tmp";

  private static final Pattern FORM =
      Pattern.compile("(?:journal|archive)/(\\d{20})-(\\d{10})\\.hbj(?:\\.gz)?");

  /** Null if the name is not a segment's. */
  static @Nullable SegmentName parse(String name) {
    Matcher matcher = FORM.matcher(name);
    if (!matcher.matches()) {
      return null;
    }
    try {
      return new SegmentName(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private String fileName() {
    return String.format(Locale.ROOT, "%020d-%010d.hbj", basePosition, segmentId);
  }

  String live() {
    return LIVE_DIRECTORY + "/" + fileName();
  }

  String archived() {
    return ARCHIVE_DIRECTORY + "/" + fileName() + ARCHIVE_SUFFIX;
  }
}
