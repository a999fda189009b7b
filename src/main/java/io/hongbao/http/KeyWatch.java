// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.engine.ReplyPort;
import io.hongbao.model.RefusalCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * Sees what keys are used for: has their last use journaled, counts and logs what they tried in
 * vain.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Limit:</b> one line of the log a second; the counters know of all.
 */
final class KeyWatch {

  private static final Logger LOG = System.getLogger(KeyWatch.class.getName());
  private static final long LINE_EVERY_MS = 1_000;

  private final EdgeParts parts;
  private final AccessMeters meters = new AccessMeters();
  private long nextLineMs = Long.MIN_VALUE;
  private long unsaid;

  KeyWatch(EdgeParts parts) {
    this.parts = parts;
  }

  AccessMeters meters() {
    return meters;
  }

  /** A use that is to be journaled; hours apart. */
  void used(long keyId, long atMs) {
    // Should it be refused for load, the next use an hour later is as good.
    parts.door().submit(ApiKey.PARTITION, new NoteKeyUse(keyId, atMs), ReplyPort.NOBODY);
  }

  /** The bearer is known, the route is not for them. */
  void forbade(Principal bearer, Route route) {
    meters.countForbidden(bearer.role());
    if (bearer.isKey()) {
      log(Level.WARNING, bearer, route, RefusalCode.FORBIDDEN);
    }
  }

  /** An operator's change was refused. */
  void refused(Principal bearer, Route route, RefusalCode code) {
    meters.countRefused(bearer.keyRole());
    log(Level.INFO, bearer, route, code);
  }

  private void log(Level level, Principal bearer, Route route, RefusalCode code) {
    long nowMs = parts.time().nanos() / 1_000_000;
    if (nowMs < nextLineMs) {
      unsaid++;
      return;
    }
    nextLineMs = nowMs + LINE_EVERY_MS;
    LOG.log(
        level,
        "key {0} ({1}, role {2}) was refused {3}: {4}{5}",
        bearer.keyName(),
        bearer.name(),
        bearer.keyRole().wireName(),
        route.operation(),
        code.wireName(),
        unsaid == 0 ? "" : "; " + unsaid + " more refusals were not logged");
    unsaid = 0;
  }
}
