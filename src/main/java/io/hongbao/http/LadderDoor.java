// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.http;

import io.hongbao.ladder.Ladder;
import io.hongbao.ladder.OperatorWord;
import io.hongbao.ladder.Pressure;
import io.vertx.core.Future;
import java.util.List;

/**
 * The ladder as the edge sees it.
 *
 * <p><b>Thread:</b> any; futures may complete on any thread.
 */
public interface LadderDoor {

  /** For an edge without a server around it: nothing is refused, and no word is kept. */
  LadderDoor OPEN =
      new LadderDoor() {
        private final Ladder ladder = new Ladder();

        @Override
        public Ladder ladder() {
          return ladder;
        }

        @Override
        public Future<Void> say(OperatorWord word) {
          ladder.say(word);
          return Future.succeededFuture();
        }

        @Override
        public List<Pressure> pressures() {
          return List.of();
        }
      };

  Ladder ladder();

  /** Takes an operator's word; completes when it is durable and holds. */
  Future<Void> say(OperatorWord word);

  /** How near to its limits the server was at the last look. */
  List<Pressure> pressures();
}
