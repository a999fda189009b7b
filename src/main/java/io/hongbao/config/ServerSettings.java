// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * The process as a whole.
 *
 * @param stopDeadlineMs time for an orderly stop
 * @param logLevel one of error, warn, info, debug, trace
 * @param logJson whether a log line is a JSON object
 */
public record ServerSettings(long stopDeadlineMs, String logLevel, boolean logJson) {

  static ServerSettings of(SettingValues values) {
    return new ServerSettings(
        values.number(Settings.SERVER_STOP_DEADLINE),
        values.text(Settings.LOG_LEVEL),
        values.text(Settings.LOG_FORMAT).equals("json"));
  }
}
