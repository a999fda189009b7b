// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

/**
 * How many there may be, and how long their texts.
 *
 * @param countMax webhooks
 */
public record WebhookLimits(
    int countMax, int urlCharsMax, int typesCharsMax, int descriptionCharsMax) {

  public static WebhookLimits defaults() {
    return new WebhookLimits(32, 500, 1_000, 200);
  }

  public WebhookLimits withCountMax(int count) {
    return new WebhookLimits(count, urlCharsMax, typesCharsMax, descriptionCharsMax);
  }
}
