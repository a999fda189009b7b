// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.apikey.ApiKey.Secret;
import io.hongbao.apikey.KeyEvent.KeyMade;
import io.hongbao.apikey.KeyEvent.KeyRevoked;
import io.hongbao.apikey.KeyEvent.KeyRotated;
import io.hongbao.apikey.KeyEvent.KeyUsed;
import io.hongbao.engine.Stamp;
import io.hongbao.model.Check;

/** The only place where keys change. */
final class KeyApplier {

  private final ApiKeys state;

  KeyApplier(ApiKeys state) {
    this.state = state;
  }

  void apply(KeyEvent event, Stamp stamp) {
    switch (event) {
      case KeyMade e -> made(e, stamp);
      case KeyRotated e ->
          state.set(
              known(e)
                  .rotated(
                      new Secret(e.hashHigh(), e.hashLow(), ApiKey.NEVER),
                      e.beforeEndsAtMs(),
                      stamp.timeMs(),
                      stamp.position()));
      case KeyRevoked e -> state.remove(e.keyId());
      case KeyUsed e -> state.set(known(e).used(e.atMs(), stamp.position()));
    }
  }

  private void made(KeyMade e, Stamp stamp) {
    state.parts.ids().used(e.keyId());
    state.set(
        new ApiKey(
            e.keyId(),
            e.name(),
            e.role(),
            e.scopes(),
            new Secret(e.hashHigh(), e.hashLow(), ApiKey.NEVER),
            Secret.NONE,
            stamp.timeMs(),
            e.expiresAtMs(),
            0,
            0,
            stamp.position()));
  }

  private ApiKey known(KeyEvent e) {
    return Check.present(state.find(e.keyId()), "key of an event");
  }
}
