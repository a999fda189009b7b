// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.http;

import io.hongbao.admission.AdmissionGate;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.ReplyPort;
import io.hongbao.redpacket.RedPacketCommand.OpenPacket;

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
