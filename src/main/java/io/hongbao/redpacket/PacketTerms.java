// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.redpacket;

import io.hongbao.model.Digest;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;

/**
 * What a sender asks for.
 *
 * @param totalMinor sum of all shares in the asset's minor unit
 * @param roomId audience, or 0
 * @param recipientId audience, or 0; exactly one of the two is set
 * @param nonce what the sender adds to the commitment
 */
public record PacketTerms(
    PacketKind kind,
    GrabMode grabMode,
    int asset,
    long totalMinor,
    int count,
    long roomId,
    long recipientId,
    SenderNonce nonce,
    String greeting,
    String cover) {

  private static final int DIGEST_TAG = 55;

  /**
   * A thousand characters each is the most that the configuration allows; four bytes, two texts.
   */
  static final int TEXT_BYTES_MAX = 16 * 1024;

  /** Of all that the sender asked for, for the state hash. */
  long digest() {
    long digest = Digest.mix(Digest.start(DIGEST_TAG), kind.number() * 8L + grabMode.number());
    digest = Digest.mix(digest, asset);
    digest = Digest.mix(digest, totalMinor);
    digest = Digest.mix(digest, count);
    digest = Digest.mix(Digest.mix(digest, roomId), recipientId);
    digest = Digest.mix(digest, SpecCodec.bytes(nonce));
    return Digest.mix(Digest.mix(digest, greeting.hashCode()), cover.hashCode());
  }

  /** Bytes of a record with these terms at most; what is longer is refused before it is written. */
  int recordBytesMax() {
    // Java's characters have at most three bytes in UTF-8, a pair of them four.
    long textBytes = 3L * (greeting.length() + cover.length());
    return FIXED_BYTES_MAX + (int) Math.min(textBytes, TEXT_BYTES_MAX);
  }

  /** Ids, seed, nonce, provider, lengths and the key: some 300 bytes. */
  static final int FIXED_BYTES_MAX = 512;
}
