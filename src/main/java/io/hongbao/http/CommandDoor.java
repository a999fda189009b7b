// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.BatchPort;
import io.hongbao.engine.Command;
import io.hongbao.engine.ReplyPort;

/**
 * The engine's door as one event loop sees it.
 *
 * <p><b>Thread:</b> the loop's; the port is called on the same loop, once.
 */
@FunctionalInterface
public interface CommandDoor {

  /** Hands a command to its partition; see {@code io.hongbao.shard.Lane}. */
  void submit(int partition, Command command, ReplyPort port);

  /** Hands in several commands that belong together; at best they share letters and a flush. */
  default void submitAll(int[] partitions, Command[] commands, BatchPort port) {
    for (int i = 0; i < commands.length; i++) {
      int index = i;
      submit(
          partitions[i],
          commands[i],
          (answer, position, repeated) -> port.deliver(index, answer, position, repeated));
    }
  }
}
