// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import org.jspecify.annotations.Nullable;

/**
 * Payment from outside.
 *
 * @param simSecret key of the simulated provider's signatures; null until the data directory, which
 *     keeps it, has been opened
 */
public record ProviderSettings(
    @Nullable String simSecret, long unpaidDeadlineMs, long queryAfterMs) {

  static ProviderSettings of(SettingValues values) {
    return new ProviderSettings(
        values.isAuto(Settings.PROVIDER_SIM_SECRET)
            ? null
            : values.text(Settings.PROVIDER_SIM_SECRET),
        values.number(Settings.PROVIDER_UNPAID_DEADLINE),
        values.number(Settings.PROVIDER_QUERY_AFTER));
  }

  /** Keeps the secret out of logs. */
  @Override
  public String toString() {
    return "ProviderSettings[unpaidDeadlineMs=%d, queryAfterMs=%d]"
        .formatted(unpaidDeadlineMs, queryAfterMs);
  }
}
