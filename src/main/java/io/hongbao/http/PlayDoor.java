// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.http;

import io.vertx.core.Future;

/**
 * What the open room of a sandbox needs of the process around it.
 *
 * <p><b>Thread:</b> any; futures may complete on any thread.
 */
public interface PlayDoor {

  /** A server without an open room. */
  PlayDoor CLOSED =
      new PlayDoor() {
        @Override
        public long roomId() {
          return 0;
        }

        @Override
        public boolean isSupervised() {
          return false;
        }

        @Override
        public Future<Void> askToBeKilled() {
          return Future.failedFuture("nobody would start it again");
        }

        @Override
        public Future<String> metrics() {
          return Future.succeededFuture("");
        }
      };

  /** The room that guests come into; 0 when there is none. */
  long roomId();

  /** Whether a parent process kills this one on request, and starts it again. */
  boolean isSupervised();

  /** Asks the parent for a SIGKILL, which comes at any moment from now on. */
  Future<Void> askToBeKilled();

  /** Everything that is measured, in Prometheus' text format. */
  Future<String> metrics();
}
