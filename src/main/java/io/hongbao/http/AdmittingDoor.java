// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.http;

import io.hongbao.admission.AdmissionGate;
import io.hongbao.engine.Answer;
import io.hongbao.engine.BatchPort;
import io.hongbao.engine.Command;
import io.hongbao.engine.ReplyPort;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;
import org.jspecify.annotations.Nullable;

/**
 * A door with the admission gate before the opens; all else walks straight through.
 *
 * <p>An open that finds the gate full is still asked of its packet, marked as not admitted: the
 * packet alone knows what comes before {@code packet_overloaded} in the order of answers (a share
 * that the user has, an end of the packet, that it is none of the user's business), and all of that
 * costs nothing but a look.
 *
 * <p>A place is left when the answer leaves, which is when the open is durable.
 *
 * <p><b>Thread:</b> the loop's, like the door and the gate behind it.
 */
public final class AdmittingDoor implements CommandDoor {

  private final CommandDoor door;
  private final AdmissionGate gate;

  public AdmittingDoor(CommandDoor door, AdmissionGate gate) {
    this.door = door;
    this.gate = gate;
  }

  @Override
  public void submit(int partition, Command command, ReplyPort port) {
    if (command instanceof OpenPacket open) {
      gate.enter(open.packetId(), new Visit(partition, open, port));
    } else {
      door.submit(partition, command, port);
    }
  }

  /** Waits until the gate has spoken about all of them, so that they still go together. */
  @Override
  public void submitAll(int[] partitions, Command[] commands, BatchPort port) {
    var batch = new Batch(partitions, commands.clone(), port);
    for (int i = 0; i < commands.length; i++) {
      if (commands[i] instanceof OpenPacket open) {
        gate.enter(open.packetId(), batch.visitor(i, open));
      } else {
        batch.decided();
      }
    }
  }

  private final class Batch {

    private final int[] partitions;
    private final Command[] commands;
    private final AdmissionGate.@Nullable Place[] places;
    private final BatchPort port;
    private int undecided;

    Batch(int[] partitions, Command[] commands, BatchPort port) {
      this.partitions = partitions;
      this.commands = commands;
      this.places = new AdmissionGate.Place[commands.length];
      this.port = port;
      this.undecided = commands.length;
    }

    private AdmissionGate.Visitor visitor(int index, OpenPacket open) {
      return new AdmissionGate.Visitor() {
        @Override
        public void admitted(AdmissionGate.Place place) {
          places[index] = place;
          decided();
        }

        @Override
        public void full(long retryMs) {
          commands[index] = new OpenPacket(open.packetId(), open.viewer(), false);
          decided();
        }

        @Override
        public void unavailable(Exception cause) {
          decided();
        }
      };
    }

    private void decided() {
      undecided--;
      if (undecided == 0) {
        door.submitAll(partitions, commands, this::answer);
      }
    }

    private void answer(int index, Answer answer, long position, boolean repeated) {
      AdmissionGate.Place place = places[index];
      if (place != null) {
        place.leave();
      }
      port.deliver(index, answer, position, repeated);
    }
  }

  private final class Visit implements AdmissionGate.Visitor {

    private final int partition;
    private final OpenPacket open;
    private final ReplyPort port;

    Visit(int partition, OpenPacket open, ReplyPort port) {
      this.partition = partition;
      this.open = open;
      this.port = port;
    }

    @Override
    public void admitted(AdmissionGate.Place place) {
      door.submit(
          partition,
          open,
          (Answer answer, long position, boolean repeated) -> {
            place.leave();
            port.deliver(answer, position, repeated);
          });
    }

    @Override
    public void full(long retryMs) {
      door.submit(partition, new OpenPacket(open.packetId(), open.viewer(), false), port);
    }

    // Better too many opens than none: the packet's own limit holds all the same.
    @Override
    public void unavailable(Exception cause) {
      door.submit(partition, open, port);
    }
  }
}
