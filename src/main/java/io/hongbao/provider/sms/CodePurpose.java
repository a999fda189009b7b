// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.provider.sms;

/** What a code is good for, and for nothing else. */
public enum CodePurpose {
  /** To prove that the phone is one's own when registering. */
  REGISTER,
  /** Instead of a password. */
  LOGIN,
  /** To set another password. */
  RESET
}
