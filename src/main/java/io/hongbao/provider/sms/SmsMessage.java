// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.provider.sms;

import java.util.Locale;

/**
 * What is sent to a phone; a secret in transit, never logged.
 *
 * @param phone in the form +8613800000001
 * @param code six digits
 */
public record SmsMessage(String phone, CodePurpose purpose, String code, long sentAtMs) {

  @Override
  public String toString() {
    return "SmsMessage[" + purpose.name().toLowerCase(Locale.ROOT) + "]";
  }
}
