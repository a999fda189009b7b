// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/**
 * What the server does by itself for those who run it.
 *
 * @param degradesByLoad whether load alone may refuse what is not money
 * @param probeEveryMs distance of two probes of every partition
 * @param probeWriteEveryMs distance of two probes that journal something; 0 for none
 */
public record OperationsSettings(
    boolean degradesByLoad, long probeEveryMs, long probeWriteEveryMs) {

  static OperationsSettings of(SettingValues values) {
    return new OperationsSettings(
        values.isOn(Settings.DEGRADATION_AUTO),
        values.number(Settings.PROBER_EVERY),
        values.number(Settings.PROBER_WRITE_EVERY));
  }
}
