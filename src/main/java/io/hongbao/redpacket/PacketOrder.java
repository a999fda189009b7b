// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Payments".
package io.hongbao.redpacket;

import io.hongbao.model.Digest;
import org.jspecify.annotations.Nullable;

/**
 * The sender's side of a packet: how it is paid and whether it has arrived.
 *
 * <p>Immutable; the applier replaces it. Once the packet lives in its own partition the terms are
 * dropped here, since they can be read there.
 *
 * @param packetId also the order's id
 * @param terms present while the order is unpaid, and when it was cancelled
 * @param provider name of the payment provider, empty when paid from the wallet
 * @param payBeforeMs deadline of the payment, 0 when paid from the wallet
 * @param paymentId the provider's name for the payment that was taken, empty before
 * @param closedAtMs when it reached a final state; 0 before
 */
public record PacketOrder(
    long packetId,
    long senderId,
    int asset,
    State state,
    @Nullable PacketTerms terms,
    String provider,
    long payBeforeMs,
    String paymentId,
    long closedAtMs,
    long position) {

  private static final int DIGEST_TAG = 63;

  /** Where an order stands; numbers stand in snapshots, names in answers. */
  public enum State {
    /** Waits for the provider's money. */
    UNPAID("unpaid"),
    /** Paid; the packet is on its way to its partition. */
    SENDING("sending"),
    /** The packet lives in its partition. */
    CREATED("created"),
    /** Will never be paid. */
    CANCELLED("cancelled");

    private final String wireName;

    State(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  PacketOrder moved(State to, long atMs, long atPosition) {
    // Nobody else knows what an order was for that never became a packet.
    PacketTerms kept = to == State.CANCELLED ? terms : null;
    return new PacketOrder(
        packetId, senderId, asset, to, kept, provider, payBeforeMs, paymentId, atMs, atPosition);
  }

  PacketOrder paid(String byPaymentId, long atPosition) {
    return new PacketOrder(
        packetId,
        senderId,
        asset,
        State.SENDING,
        null,
        provider,
        payBeforeMs,
        byPaymentId,
        0,
        atPosition);
  }

  // Hashes and snapshots hold the place in State: a new constant goes to the end.
  @SuppressWarnings("EnumOrdinal")
  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), packetId);
    digest = Digest.mix(digest, senderId);
    digest = Digest.mix(digest, asset * 8L + state.ordinal());
    digest = Digest.mix(digest, terms == null ? 0 : terms.digest());
    digest = Digest.mix(digest, provider.hashCode());
    digest = Digest.mix(digest, payBeforeMs);
    digest = Digest.mix(digest, paymentId.hashCode());
    digest = Digest.mix(digest, closedAtMs);
    return Digest.mix(digest, position);
  }
}
