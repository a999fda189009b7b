// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.datadir.Manifest;
import org.jspecify.annotations.Nullable;

/** Which build this is. */
final class Version {

  private Version() {}

  static String sentence() {
    return "hongbao %s (format level %d, Java %s)"
        .formatted(number(), Manifest.FORMAT_LEVEL_MAX, Runtime.version());
  }

  // Stands in the jar's manifest; classes that run from a directory have none.
  private static String number() {
    @Nullable String number = Version.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }
}
