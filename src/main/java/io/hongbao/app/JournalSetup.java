// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.app;

import io.hongbao.config.Configuration;
import io.hongbao.datadir.Manifest;
import io.hongbao.engine.EngineShape;
import io.hongbao.engine.journal.JournalSettings;

/** The journal's settings as configuration and data directory have them. */
final class JournalSetup {

  private JournalSetup() {}

  static JournalSettings of(Configuration configuration, Manifest manifest, EngineShape shape) {
    var journal = configuration.journal();
    JournalSettings standard =
        JournalSettings.standard(
            DirectoryIds.uuid(manifest), shape.partitionCount(), configuration.engine().loops());
    return standard
        .withSegmentBytes(
            journal.segmentBytes(),
            Math.min(standard.frameBytesMax(), journal.segmentBytes() / 4 / 64 * 64))
        .withLaneBytesMax(Integer.highestOneBit(journal.laneBytesMax()))
        .withFlush(journal.flushRecords(), journal.flushWaitUs() * 1_000L, standard.markAfterNs());
  }
}
