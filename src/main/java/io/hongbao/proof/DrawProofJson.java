// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.proof;

import io.hongbao.redpacket.draw.DrawCommitment;
import io.hongbao.redpacket.draw.DrawProof;
import io.hongbao.redpacket.draw.DrawSeed;
import io.hongbao.redpacket.draw.OpenedShare;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads proofs as JSON.
 *
 * <p>Reading is strict about types (an amount of 1.0 is no amount) and lenient about names: fields
 * it does not know are skipped, since the document may grow.
 *
 * <p><b>Failure:</b> a document that is no proof is a {@link MalformedProofException}; one with
 * wrong numbers is read as it stands, and the verifier judges it.
 */
public final class DrawProofJson {

  /** Longest asset code that is read; it is printed on terminals. */
  private static final int ASSET_LENGTH_MAX = 32;

  private DrawProofJson() {}

  public static JsonObject write(DrawProof proof) {
    JsonObject json =
        new JsonObject()
            .put("rule", proof.rule())
            .put("packet_id", Long.toString(proof.packetId()))
            .put("asset", proof.asset())
            .put("kind", proof.kind().wireName())
            .put("total", proof.totalMinor())
            .put("count", proof.count())
            .put("minimum", proof.minimumMinor())
            .put("expires_at_ms", proof.expiresAtMs());
    if (!proof.nonce().isNone()) {
      json.put("nonce", proof.nonce().base64Url());
    }
    json.put("commitment", proof.commitment().hex()).put("seed", proof.seed().hex());
    JsonArray shares = new JsonArray();
    for (OpenedShare share : proof.shares()) {
      shares.add(new JsonObject().put("place", share.place()).put("amount", share.amountMinor()));
    }
    return json.put("shares", shares);
  }

  /** Reads a document. */
  public static DrawProof read(String document) throws MalformedProofException {
    JsonObject json;
    try {
      json = new JsonObject(document);
    } catch (DecodeException notJson) {
      throw new MalformedProofException("the document is not a JSON object");
    }
    return new DrawProof(
        integer(json, "rule"),
        converted(json, "packet_id", "a packet id in decimal digits", Long::parseLong),
        asset(json),
        kind(json),
        integer(json, "total"),
        integer(json, "count"),
        integer(json, "minimum"),
        integer(json, "expires_at_ms"),
        json.getValue("nonce") == null
            ? SenderNonce.NONE
            : converted(json, "nonce", "base64url of 64 bytes at most", SenderNonce::ofBase64Url),
        converted(json, "commitment", "64 hexadecimal digits", DrawCommitment::ofHex),
        converted(json, "seed", "64 hexadecimal digits", DrawSeed::ofHex),
        shares(json));
  }

  private static List<OpenedShare> shares(JsonObject json) throws MalformedProofException {
    if (!(json.getValue("shares") instanceof JsonArray array)) {
      throw new MalformedProofException("\"shares\" is not a list");
    }
    List<OpenedShare> shares = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.getValue(i) instanceof JsonObject share)) {
        throw new MalformedProofException("\"shares\" has an element that is not an object");
      }
      shares.add(new OpenedShare(integer(share, "place"), integer(share, "amount")));
    }
    return shares;
  }

  private static PacketKind kind(JsonObject json) throws MalformedProofException {
    PacketKind kind = PacketKind.ofWireName(text(json, "kind"));
    if (kind == null) {
      throw new MalformedProofException("\"kind\" is none of lucky, lucky_fair, equal, exclusive");
    }
    return kind;
  }

  private static String asset(JsonObject json) throws MalformedProofException {
    String asset = text(json, "asset");
    boolean isPrintable = asset.chars().allMatch(letter -> letter > ' ' && letter <= '~');
    if (asset.isEmpty() || asset.length() > ASSET_LENGTH_MAX || !isPrintable) {
      throw new MalformedProofException("\"asset\" is not a short code in printable ASCII");
    }
    return asset;
  }

  private static <T> T converted(
      JsonObject json, String field, String expected, Function<String, T> conversion)
      throws MalformedProofException {
    String text = text(json, field);
    try {
      return conversion.apply(text);
    } catch (IllegalArgumentException unfit) {
      throw new MalformedProofException("\"" + field + "\" is not " + expected);
    }
  }

  private static String text(JsonObject json, String field) throws MalformedProofException {
    if (json.getValue(field) instanceof String text) {
      return text;
    }
    throw new MalformedProofException(missingOr(json.getValue(field), field, "a string"));
  }

  // Integers that fit arrive as Integer or Long; anything else (1.0, 1e3, 2^63, "1") is refused.
  private static long integer(JsonObject json, String field) throws MalformedProofException {
    Object value = json.getValue(field);
    if (value instanceof Integer || value instanceof Long) {
      return ((Number) value).longValue();
    }
    throw new MalformedProofException(missingOr(value, field, "an integer below 2^63"));
  }

  private static String missingOr(@Nullable Object value, String field, String expected) {
    return "\"" + field + "\" is " + (value == null ? "missing" : "not " + expected);
  }
}
