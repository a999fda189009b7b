// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Keys, ids, partitions".
package io.hongbao.app;

import io.hongbao.datadir.Manifest;
import io.hongbao.engine.EngineShape;
import java.util.UUID;

/** What the manifest of a data directory means to the engine. */
final class DirectoryIds {

  private static final int HEX_RADIX = 16;

  private DirectoryIds() {}

  /** The directory's identity in the form that the journal's segments carry. */
  static UUID uuid(Manifest manifest) {
    String hex = manifest.directoryId();
    return new UUID(
        Long.parseUnsignedLong(hex.substring(0, HEX_RADIX), HEX_RADIX),
        Long.parseUnsignedLong(hex.substring(HEX_RADIX), HEX_RADIX));
  }

  static EngineShape shape(Manifest manifest) {
    return new EngineShape(manifest.site(), manifest.partitions());
  }
}
