// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.Refusal;
import io.hongbao.export.sql.ReadModelBehindException;
import io.hongbao.export.sql.ReadModelUnavailableException;
import io.hongbao.model.RefusalCode;
import io.hongbao.redpacket.RedPacketAnswer.ShareShown;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import io.hongbao.redpacket.Viewer;
import io.vertx.core.AsyncResult;
import org.agrona.collections.IntArrayList;
import org.jspecify.annotations.Nullable;

/**
 * One batch of opens on its way: each item gets the answer that it would get alone.
 *
 * <p>Three steps: what needs no partition is refused at once; the rest is asked in one go; packets
 * that are not in memory are looked for in the read model, a few at a time. Then one answer shows
 * all, in the order of the request.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Durability:</b> the answer is sent when the last item may be told.
 *
 * <p><b>Failure:</b> an item's refusal is its own. When the call as a whole runs into its time,
 * nobody knows what became of it; it may be repeated as it is, since who has a share gets the same.
 */
final class OpenBatch {

  /** Of the read model's four readers a batch may keep two busy. */
  private static final int READS_MAX = 2;

  private final Exchange exchange;
  private final EdgeParts parts;
  private final OpensBody opens;
  private final OldPackets oldPackets;
  private final PacketJson packets;
  private final Object[] outcomes;
  private final long[] positions;
  private final IntArrayList notInMemory = new IntArrayList();
  private @Nullable Runnable whenDone;
  private int unanswered;
  private int nextRead;
  private int reading;
  private boolean isDown;

  OpenBatch(Exchange exchange, OpensBody opens, OldPackets oldPackets, PacketJson packets) {
    this.exchange = exchange;
    this.parts = exchange.parts();
    this.opens = opens;
    this.oldPackets = oldPackets;
    this.packets = packets;
    this.outcomes = new Object[opens.count()];
    this.positions = new long[opens.count()];
  }

  /**
   * Carries it out.
   *
   * @param atEnd run once when every item has its answer, whether anybody still waits or not
   */
  void run(Runnable atEnd) {
    whenDone = atEnd;
    int[] items = new int[opens.count()];
    int count = 0;
    for (int item = 0; item < items.length; item++) {
      if (mayAsk(item)) {
        items[count++] = item;
      }
    }
    unanswered = count;
    if (count == 0) {
      finish();
      return;
    }
    int[] partitions = new int[count];
    Command[] commands = new Command[count];
    for (int i = 0; i < count; i++) {
      long packetId = opens.packetId(items[i]);
      partitions[i] = parts.shape().partitionOf(packetId);
      commands[i] = new OpenPacket(packetId, viewer(items[i]));
    }
    parts
        .door()
        .submitAll(
            partitions,
            commands,
            (index, answer, position, repeated) -> take(items[index], answer, position));
  }

  private boolean mayAsk(int item) {
    if (userId(item) == Sessions.NOBODY) {
      outcomes[item] = Problem.of(RefusalCode.UNAUTHENTICATED, exchange.requestId());
    } else if (!PacketRoutes.isPossible(parts, opens.packetId(item), exchange.nowMs())) {
      outcomes[item] = notFound();
    }
    return outcomes[item] == null;
  }

  private long userId(int item) {
    long userId = opens.userId(item);
    return userId != 0
        ? userId
        : parts.sessions().userOf(opens.tokenHigh(item), opens.tokenLow(item), exchange.nowMs());
  }

  private Viewer viewer(int item) {
    return new Viewer(userId(item), opens.claimHigh(item), opens.claimLow(item));
  }

  private void take(int item, Answer answer, long position) {
    // Whatever goes wrong here is the batch's, never the partition's.
    exchange.guard(
        () -> {
          if (isNotInMemory(item, answer)) {
            notInMemory.addInt(item);
          } else {
            outcome(item, answer, position);
          }
        });
    unanswered--;
    if (unanswered == 0) {
      exchange.guard(this::readMore);
      if (exchange.isDone()) {
        done();
      }
    }
  }

  private boolean isNotInMemory(int item, Answer answer) {
    return answer instanceof Refusal refusal
        && refusal.code() == RefusalCode.NOT_FOUND
        && oldPackets.mayHaveLeftMemory(opens.packetId(item), exchange.nowMs());
  }

  private void outcome(int item, Answer answer, long position) {
    positions[item] = position;
    outcomes[item] =
        switch (answer) {
          case ShareShown share -> share;
          case Refusal refusal when refusal.code() == RefusalCode.NOT_FOUND -> notFound();
          case Refusal refusal -> Problem.of(refusal, exchange.requestId());
          default -> throw new IllegalStateException("answer to an open: " + answer);
        };
  }

  private Problem notFound() {
    return Problem.of(OldPackets.notFound(), exchange.requestId());
  }

  private void readMore() {
    while (nextRead < notInMemory.size() && reading < READS_MAX && !exchange.isDone()) {
      int item = notInMemory.getInt(nextRead++);
      if (isDown) {
        // It was found out of reach a moment ago; one question is enough.
        outcome(item, Refusal.of(RefusalCode.READ_MODEL_UNAVAILABLE), 0);
        continue;
      }
      reading++;
      oldPackets
          .open(opens.packetId(item), viewer(item))
          .onComplete(done -> exchange.edge().onLoop(() -> read(item, done)));
    }
    if (reading == 0) {
      finish();
    }
  }

  private void read(int item, AsyncResult<Answer> done) {
    reading--;
    exchange.guard(
        () -> {
          if (done.succeeded()) {
            outcome(item, done.result(), 0);
          } else {
            outcome(item, failed(done.cause()), 0);
          }
          readMore();
        });
    if (exchange.isDone()) {
      done();
    }
  }

  private Refusal failed(Throwable cause) {
    return switch (cause) {
      case ReadModelBehindException behind -> Refusal.of(RefusalCode.READ_MODEL_BEHIND);
      case ReadModelUnavailableException down -> {
        isDown = true;
        yield Refusal.of(RefusalCode.READ_MODEL_UNAVAILABLE);
      }
      default -> throw new IllegalStateException("reading an old packet failed", cause);
    };
  }

  private void finish() {
    JsonWriter json = exchange.json().beginObject().name("results").beginArray();
    for (int item = 0; item < outcomes.length; item++) {
      json.beginObject();
      if (outcomes[item] instanceof ShareShown share) {
        json.field("status", 200).name("share");
        packets.opened(json, share);
        if (positions[item] > 0) {
          json.name("position")
              .position(parts.shape().partitionOf(share.packetId()), positions[item]);
        }
      } else {
        Problem problem = (Problem) outcomes[item];
        exchange.edge().meters().refused(problem.code());
        json.field("status", problem.httpStatus()).name("problem");
        problem.write(json);
      }
      json.endObject();
    }
    exchange.reply(200, json.endArray().endObject());
    done();
  }

  // Once, whichever way it ends.
  private void done() {
    Runnable atEnd = whenDone;
    whenDone = null;
    if (atEnd != null) {
      atEnd.run();
    }
  }
}
