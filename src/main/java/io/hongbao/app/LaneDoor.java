// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Lanes".
package io.hongbao.app;

import io.hongbao.engine.BatchPort;
import io.hongbao.engine.Command;
import io.hongbao.engine.ReplyPort;
import io.hongbao.http.CommandDoor;
import io.hongbao.shard.Lane;

/** A lane as the edge on its loop sees it. */
record LaneDoor(Lane lane) implements CommandDoor {

  @Override
  public void submit(int partition, Command command, ReplyPort port) {
    lane.submit(partition, command, port);
  }

  @Override
  public void submitAll(int[] partitions, Command[] commands, BatchPort port) {
    lane.submitAll(partitions, commands, port);
  }
}
