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

  // Once every open of the batch has heard the gate, so that the batch stays one letter.
  @Override
  public void submitAll(int[] partitions, Command[] commands, BatchPort port) {
    int opens = 0;
    for (Command command : commands) {
      opens += command instanceof OpenPacket ? 1 : 0;
    }
    if (opens == 0) {
      door.submitAll(partitions, commands, port);
      return;
    }
    Batch batch = new Batch(partitions, commands.clone(), port, opens);
    for (int i = 0; i < commands.length; i++) {
      if (commands[i] instanceof OpenPacket open) {
        gate.enter(open.packetId(), batch.visitorOf(i, open));
      }
    }
  }

  private static OpenPacket turnedAway(OpenPacket open) {
    return new OpenPacket(open.packetId(), open.viewer(), false);
  }

  private final class Batch implements BatchPort {

    private final int[] partitions;
    private final Command[] commands;
    private final AdmissionGate.@Nullable Place[] places;
    private final BatchPort port;
    private int unheard;

    Batch(int[] partitions, Command[] commands, BatchPort port, int opens) {
      this.partitions = partitions;
      this.commands = commands;
      this.places = new AdmissionGate.@Nullable Place[commands.length];
      this.port = port;
      this.unheard = opens;
    }

    AdmissionGate.Visitor visitorOf(int index, OpenPacket open) {
      return new AdmissionGate.Visitor() {
        @Override
        public void admitted(AdmissionGate.Place place) {
          places[index] = place;
          heard();
        }

        @Override
        public void full(long retryMs) {
          commands[index] = turnedAway(open);
          heard();
        }

        @Override
        public void unavailable(Exception cause) {
          heard();
        }
      };
    }

    private void heard() {
      if (--unheard == 0) {
        door.submitAll(partitions, commands, this);
      }
    }

    @Override
    public void deliver(int index, Answer answer, long position, boolean repeated) {
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
      door.submit(partition, turnedAway(open), port);
    }

    // Better too many opens than none: the packet's own limit holds all the same.
    @Override
    public void unavailable(Exception cause) {
      door.submit(partition, open, port);
    }
  }
}
