// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.redpacket;

import io.hongbao.redpacket.codec.IssueDecoder;
import io.hongbao.redpacket.codec.IssueEncoder;
import io.hongbao.redpacket.codec.TermsDecoder;
import io.hongbao.redpacket.codec.TermsEncoder;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.nio.charset.StandardCharsets;

/** The parts that several messages share: terms, issue, texts. */
final class SpecCodec {

  private SpecCodec() {}

  /** Reads one variable field of a decoder. */
  interface VariableField {
    int get(byte[] target, int offset, int length);
  }

  static void put(TermsEncoder out, PacketTerms terms) {
    out.totalMinor(terms.totalMinor())
        .roomId(terms.roomId())
        .recipientId(terms.recipientId())
        .shareCount(terms.count())
        .asset((short) terms.asset())
        .kind((short) terms.kind().number())
        .grabMode((short) terms.grabMode().number());
  }

  static void put(IssueEncoder out, PacketSpec spec) {
    out.packetId(spec.packetId())
        .senderId(spec.senderId())
        .sentAtMs(spec.sentAtMs())
        .expiresAtMs(spec.expiresAtMs())
        .claimHigh(spec.claimHigh())
        .claimLow(spec.claimLow())
        .seed0(spec.seed().word0())
        .seed1(spec.seed().word1())
        .seed2(spec.seed().word2())
        .seed3(spec.seed().word3());
  }

  static PacketTerms terms(TermsDecoder in, byte[] nonce, byte[] greeting, byte[] cover) {
    return new PacketTerms(
        PacketKind.ofNumber(in.kind()),
        GrabMode.ofNumber(in.grabMode()),
        in.asset(),
        in.totalMinor(),
        in.shareCount(),
        in.roomId(),
        in.recipientId(),
        SenderNonce.ofBytes(nonce),
        text(greeting),
        text(cover));
  }

  static PacketSpec spec(IssueDecoder in, PacketTerms terms) {
    return new PacketSpec(
        in.packetId(),
        in.senderId(),
        terms,
        in.sentAtMs(),
        in.expiresAtMs(),
        in.claimHigh(),
        in.claimLow(),
        new DrawSeed(in.seed0(), in.seed1(), in.seed2(), in.seed3()));
  }

  static byte[] bytes(SenderNonce nonce) {
    byte[] bytes = new byte[nonce.sizeBytes()];
    nonce.writeTo(bytes, 0);
    return bytes;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] bytes(int length, VariableField field) {
    byte[] bytes = new byte[length];
    field.get(bytes, 0, length);
    return bytes;
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
