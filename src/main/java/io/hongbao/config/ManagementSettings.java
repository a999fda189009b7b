// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * Health, readiness and metrics.
 *
 * @param port 0 for a free one
 * @param tls whether it serves TLS, with the public API's certificate
 */
public record ManagementSettings(String host, int port, boolean tls) {

  static ManagementSettings of(SettingValues values) throws ConfigException {
    int port = values.whole(Settings.MANAGEMENT_PORT);
    if (port != 0 && port == values.whole(Settings.HTTP_PORT)) {
      throw values.wrong(
          Settings.MANAGEMENT_PORT, "must be another port than " + Settings.HTTP_PORT.key());
    }
    boolean tls = values.isOn(Settings.MANAGEMENT_TLS);
    if (tls && values.text(Settings.HTTP_TLS_CERTIFICATE).equals(TlsSettings.NONE)) {
      throw values.wrong(Settings.MANAGEMENT_TLS, "needs " + Settings.HTTP_TLS_CERTIFICATE.key());
    }
    return new ManagementSettings(values.text(Settings.MANAGEMENT_HOST), port, tls);
  }
}
