// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.nio.file.Path;

/**
 * Whether the public API speaks TLS.
 *
 * @param isOn whether it does; the files mean nothing otherwise
 * @param checkEveryMs how often the files are looked at
 */
public record TlsSettings(boolean isOn, Path certificate, Path key, long checkEveryMs) {

  static final String NONE = "none";

  static TlsSettings of(SettingValues values, Path workingDirectory) throws ConfigException {
    String certificate = values.text(Settings.HTTP_TLS_CERTIFICATE);
    String key = values.text(Settings.HTTP_TLS_KEY);
    if (certificate.equals(NONE) != key.equals(NONE)) {
      Setting missing = key.equals(NONE) ? Settings.HTTP_TLS_KEY : Settings.HTTP_TLS_CERTIFICATE;
      throw values.wrong(missing, "must name a file when the other of the two does");
    }
    return new TlsSettings(
        !certificate.equals(NONE),
        workingDirectory.resolve(certificate),
        workingDirectory.resolve(key),
        values.number(Settings.HTTP_TLS_CHECK_EVERY));
  }
}
