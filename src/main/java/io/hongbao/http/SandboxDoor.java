// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.provider.sim.PayScript;
import io.vertx.core.Future;

/**
 * What can be done on a sandbox beyond commands of the engine.
 *
 * <p><b>Thread:</b> any; futures may complete on any thread.
 */
public interface SandboxDoor {

  /** On a data directory that is none: the routes do not exist. */
  SandboxDoor CLOSED =
      new SandboxDoor() {
        @Override
        public boolean isOn() {
          return false;
        }

        @Override
        public Future<Boolean> script(String provider, PayScript script) {
          return Future.succeededFuture(false);
        }
      };

  boolean isOn();

  /** The clock was moved, durably; for those who wait by timers of the machine. */
  default void clockMoved() {}

  /**
   * Sets how a simulated provider treats orders made from now on.
   *
   * @return false when there is no simulated provider of that name
   */
  Future<Boolean> script(String provider, PayScript script);
}
