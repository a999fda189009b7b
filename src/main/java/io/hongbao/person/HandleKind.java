// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.model.RefusalCode;

/** What one user at a time can have. */
public enum HandleKind {
  /** What he logs in with. */
  NAME(RefusalCode.NAME_TAKEN),
  /** Where codes are sent. */
  PHONE(RefusalCode.PHONE_TAKEN),
  /** What the customer's backend calls him. */
  EXTERNAL_ID(RefusalCode.EXTERNAL_ID_TAKEN);

  private final RefusalCode taken;

  HandleKind(RefusalCode taken) {
    this.taken = taken;
  }

  RefusalCode taken() {
    return taken;
  }
}
