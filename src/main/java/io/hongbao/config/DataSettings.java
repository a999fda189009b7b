// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.nio.file.Path;

/**
 * Where the server keeps what must survive.
 *
 * @param directory absolute
 * @param sandbox whether the clock may be advanced and users seeded
 * @param requireEncryptedVolume whether a directory that dm-crypt does not encrypt is refused
 */
public record DataSettings(Path directory, boolean sandbox, boolean requireEncryptedVolume) {

  static DataSettings of(SettingValues values, Path workingDirectory) {
    return new DataSettings(
        workingDirectory.resolve(values.text(Settings.DATA_DIR)).toAbsolutePath().normalize(),
        values.isOn(Settings.DATA_SANDBOX),
        values.isOn(Settings.DATA_REQUIRE_ENCRYPTED_VOLUME));
  }
}
