// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.engine.ReplyPort;

/**
 * Has the last use of keys journaled.
 *
 * <p><b>Thread:</b> one event loop's.
 */
final class KeyWatch implements Authenticator.Watcher {

  private final EdgeParts parts;

  KeyWatch(EdgeParts parts) {
    this.parts = parts;
  }

  @Override
  public void used(long keyId, long atMs) {
    // Should it be refused for load, the next use an hour later is as good.
    parts.door().submit(ApiKey.PARTITION, new NoteKeyUse(keyId, atMs), ReplyPort.NOBODY);
  }

  @Override
  public void forbade(Principal bearer) {}
}
