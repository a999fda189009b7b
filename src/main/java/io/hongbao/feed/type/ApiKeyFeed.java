// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.apikey.KeyCodec;
import io.hongbao.apikey.codec.KeyMadeDecoder;
import io.hongbao.apikey.codec.KeyRevokedDecoder;
import io.hongbao.apikey.codec.KeyRotatedDecoder;
import io.hongbao.apikey.codec.KeyUsedDecoder;
import io.hongbao.feed.Template.Hidden;

/** API keys are credentials; what is done with them stands in the audit. */
public final class ApiKeyFeed extends HiddenFeed {

  private static final String REASON =
      "says who may do what here, and holds a key's hash; the audit shows it to those who may know";

  public ApiKeyFeed() {
    super(
        new KeyCodec(),
        new Hidden(KeyMadeDecoder.TEMPLATE_ID, REASON),
        new Hidden(KeyRotatedDecoder.TEMPLATE_ID, REASON),
        new Hidden(KeyRevokedDecoder.TEMPLATE_ID, REASON),
        new Hidden(KeyUsedDecoder.TEMPLATE_ID, REASON));
  }
}
