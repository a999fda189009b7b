// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.tidy;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Secrets are compared by hash or with {@code MessageDigest.isEqual}, never by a comparison that
 * stops at the first difference: how long that takes would tell how much of a guess was right.
 */
class SecretsTest {

  private static final String SECRET =
      "(?i:\\w*(secret|password|token|signature|proof|hmac|code)\\w*)(\\(\\))?";

  /** Names that sound like secrets; compared in full view. */
  private static final List<String> HARMLESS =
      List.of("RefusalCode", "statusCode", "assetCode", "code()", "exitCode");

  private static final List<Pattern> EARLY_ENDING =
      List.of(
          Pattern.compile(
              "\\b" + SECRET + "\\.(equals|equalsIgnoreCase|contentEquals)\\((?!\"\"\\))"),
          Pattern.compile("\\b(Arrays|Objects)\\.(equals|deepEquals)\\(.*" + SECRET));

  /** Its secrets are drawn from a seed that is printed, and nobody asks it. */
  private static final String SIMULATOR = "io/hongbao/sim/";

  @Test
  void secretsAreComparedInConstantTime() throws Exception {
    Complaints complaints =
        new Complaints(
            "A comparison whose time may tell something of a secret.",
            "compare hashes as numbers, or with MessageDigest.isEqual; or give what is no secret"
                + " another name.");
    for (Path file : ProjectFiles.below("src/main/java")) {
      if (file.toString().contains(SIMULATOR)) {
        continue;
      }
      int number = 0;
      for (String line : ProjectFiles.lines(file)) {
        number++;
        boolean isHarmless = HARMLESS.stream().anyMatch(line::contains);
        for (Pattern pattern : EARLY_ENDING) {
          if (!isHarmless && pattern.matcher(line).find()) {
            complaints.add(file, number, line.strip());
          }
        }
      }
    }
    complaints.assertNone();
  }
}
