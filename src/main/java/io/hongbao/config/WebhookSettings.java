// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

/** Deliveries of events to other programs. */
public record WebhookSettings(
    int endpointsMax,
    int inFlightMax,
    long timeoutMs,
    long retryFirstMs,
    long retryMaxMs,
    long retryForMs,
    boolean allowHttp,
    boolean allowPrivate) {

  static WebhookSettings of(SettingValues values) {
    // A sandbox talks to receivers on the same machine.
    boolean isSandbox = values.isOn(Settings.DATA_SANDBOX);
    return new WebhookSettings(
        values.whole(Settings.WEBHOOK_ENDPOINTS_MAX),
        values.whole(Settings.WEBHOOK_IN_FLIGHT_MAX),
        values.number(Settings.WEBHOOK_TIMEOUT),
        values.number(Settings.WEBHOOK_RETRY_FIRST),
        values.number(Settings.WEBHOOK_RETRY_MAX),
        values.number(Settings.WEBHOOK_RETRY_FOR),
        isSandbox || values.isOn(Settings.WEBHOOK_ALLOW_HTTP),
        isSandbox || values.isOn(Settings.WEBHOOK_ALLOW_PRIVATE));
  }
}
