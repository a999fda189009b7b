// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Lanes".
package io.hongbao.shard;

import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.PartitionCore;
import io.hongbao.engine.ReplyPort;
import io.hongbao.engine.TransferBatch;
import java.util.function.Consumer;

/** What goes from lane to lane; immutable, handed over by reference. */
sealed interface Mail {

  /** A command for a partition of the receiving lane; the answer goes back to the sender's. */
  record CommandMail(int partition, Command command, ReplyPort port, int homeLane, long sentNanos)
      implements Mail {}

  /** An answer on its way home. */
  record ReplyMail(ReplyPort port, Answer answer, long position, boolean repeated)
      implements Mail {}

  /** Several commands for partitions of the receiving lane. */
  record BatchMail(CommandBatch batch) implements Mail {}

  /** All answers to a batch on their way home. */
  record BatchReplyMail(CommandBatch batch) implements Mail {}

  /** Money from one partition to another. */
  record TransferMail(TransferBatch batch) implements Mail {}

  /** A receiver's word about a source's transfers. */
  record MarkMail(int source, int receiver, long upTo) implements Mail {}

  /** Something to be done with a partition on its own thread. */
  record TaskMail(int partition, Consumer<PartitionCore> task) implements Mail {}
}
