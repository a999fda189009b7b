// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * Health, readiness and metrics.
 *
 * @param port 0 for a free one
 */
public record ManagementSettings(String host, int port) {

  static ManagementSettings of(SettingValues values) throws ConfigException {
    int port = values.whole(Settings.MANAGEMENT_PORT);
    if (port != 0 && port == values.whole(Settings.HTTP_PORT)) {
      throw values.wrong(
          Settings.MANAGEMENT_PORT, "must be another port than " + Settings.HTTP_PORT.key());
    }
    return new ManagementSettings(values.text(Settings.MANAGEMENT_HOST), port);
  }
}
