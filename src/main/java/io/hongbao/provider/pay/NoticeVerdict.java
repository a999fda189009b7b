// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import io.hongbao.model.RefusalCode;

/** What a look at a notice's signature and form led to. */
public sealed interface NoticeVerdict {

  /** Written by the provider, lately; whether it fits its order is for the order's owner to say. */
  record Genuine(PayNotice notice) implements NoticeVerdict {}

  /**
   * Not to be believed.
   *
   * @param detail for logs and the provider's engineers; holds nothing from the notice itself
   */
  record Refused(RefusalCode code, String detail) implements NoticeVerdict {}
}
