// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Commands".
package io.hongbao.cli;

import io.hongbao.datadir.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/** Which build this is. */
final class Version {

  private static final String SBOM = "/META-INF/sbom/hongbao.cdx.json";

  private Version() {}

  static String sentence() {
    return "hongbao %s (format level %d, Java %s)"
        .formatted(number(), Manifest.FORMAT_LEVEL_MAX, Runtime.version());
  }

  /** Prints what the jar is made of; only a whole build has it. */
  static void billOfMaterials(PrintStream out) throws IOException {
    try (InputStream sbom = Version.class.getResourceAsStream(SBOM)) {
      if (sbom == null) {
        throw new IOException("this build has no bill of materials; mvn package makes it");
      }
      sbom.transferTo(out);
    }
  }

  // Stands in the jar's manifest; classes that run from a directory have none.
  private static String number() {
    @Nullable String number = Version.class.getPackage().getImplementationVersion();
    return number == null ? "development" : number;
  }
}
