// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.hongbao.proof.DrawProofJson;
import io.hongbao.proof.MalformedProofException;
import io.hongbao.redpacket.draw.DrawCommitment;
import io.hongbao.redpacket.draw.DrawDifference;
import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.DrawVerdict;
import io.hongbao.redpacket.draw.DrawVerifier;
import io.hongbao.redpacket.draw.OpenedShare;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws a closed packet again, as any client can, and tries to cheat. */
final class DrawCheck {

  private DrawCheck() {}

  /**
   * Fetches the proof of a closed packet and verifies it against what the sender was told at send
   * and what the packet shows now.
   */
  static @Nullable DrawProof verified(
      Stage stage, User viewer, Told.Packet packet, @Nullable String commitment) throws Exception {
    String name = "the draw of packet " + packet.id();
    if (commitment == null) {
      stage.findings.differs(name + " was never committed to");
      return null;
    }
    DrawProof proof;
    try {
      proof = DrawProofJson.read(stage.client.proof(viewer, packet.id()).get());
    } catch (MalformedProofException malformed) {
      stage.findings.differs(name + " has no proof: " + malformed.getMessage());
      return null;
    }
    DrawVerdict verdict = DrawVerifier.verify(proof, DrawCommitment.ofHex(commitment));
    for (DrawDifference difference : verdict.differences()) {
      stage.findings.differs(name + ": " + difference.sentence());
    }
    List<OpenedShare> shown =
        packet.shares().stream()
            .map(share -> new OpenedShare(share.place(), share.amountMinor()))
            .toList();
    stage.findings.same("shares in the proof of packet " + packet.id(), shown, proof.shares());
    return proof;
  }

  /**
   * Moves one minor unit from one share to another, so that the sum stays right, and says what a
   * verifier has to say of it; empty when it did not notice.
   */
  static String saidOfChangedShare(DrawProof proof, int place) {
    List<OpenedShare> changed = new ArrayList<>();
    int other = place == 1 ? 2 : 1;
    for (OpenedShare share : proof.shares()) {
      long delta = share.place() == place ? 1 : share.place() == other ? -1 : 0;
      changed.add(new OpenedShare(share.place(), share.amountMinor() + delta));
    }
    DrawProof forged =
        new DrawProof(
            proof.rule(),
            proof.packetId(),
            proof.asset(),
            proof.kind(),
            proof.totalMinor(),
            proof.count(),
            proof.minimumMinor(),
            proof.expiresAtMs(),
            proof.nonce(),
            proof.commitment(),
            proof.seed(),
            changed);
    return DrawVerifier.verify(forged, proof.commitment()).differences().stream()
        .filter(difference -> difference.kind() == DrawDifference.Kind.AMOUNT)
        .findFirst()
        .map(DrawDifference::sentence)
        .orElse("");
  }
}
