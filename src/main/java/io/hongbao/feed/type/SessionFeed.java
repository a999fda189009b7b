// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.feed.Template.Hidden;
import io.hongbao.session.SessionCodec;
import io.hongbao.session.codec.LoginClosedDecoder;
import io.hongbao.session.codec.LoginOpenedDecoder;
import io.hongbao.session.codec.LoginRefreshedDecoder;
import io.hongbao.session.codec.TokenExpiredDecoder;
import io.hongbao.session.codec.TokenMintedDecoder;
import io.hongbao.session.codec.TokenRevokedDecoder;

/** Tokens are credentials, not business. */
public final class SessionFeed extends HiddenFeed {

  private static final String REASON =
      "says who can log in as whom, and holds a token's hash; no reader of business needs it";

  public SessionFeed() {
    super(
        new SessionCodec(),
        new Hidden(TokenMintedDecoder.TEMPLATE_ID, REASON),
        new Hidden(TokenRevokedDecoder.TEMPLATE_ID, REASON),
        new Hidden(TokenExpiredDecoder.TEMPLATE_ID, REASON),
        new Hidden(LoginOpenedDecoder.TEMPLATE_ID, REASON),
        new Hidden(LoginRefreshedDecoder.TEMPLATE_ID, REASON),
        new Hidden(LoginClosedDecoder.TEMPLATE_ID, REASON));
  }
}
