// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.redpacket.GrabMode;
import io.hongbao.redpacket.PacketTerms;
import io.hongbao.redpacket.draw.PacketKind;
import io.hongbao.redpacket.draw.SenderNonce;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a request to send a packet says.
 *
 * <p>Only its form is judged here; whether such a packet may be sent is for the sender's partition,
 * so that a repeat hears the stored answer before any rule.
 *
 * @param provider empty = from the wallet
 */
record SendBody(PacketTerms terms, String provider, long bodyHash) {

  private static final Map<String, PacketKind> KINDS =
      Arrays.stream(PacketKind.values())
          .collect(Collectors.toUnmodifiableMap(PacketKind::wireName, Function.identity()));
  private static final Map<String, GrabMode> GRAB_MODES = JsonRequest.wireNames(GrabMode.class);
  private static final Pattern COVER = Pattern.compile("[A-Za-z0-9._-]{1,40}");
  private static final String WALLET = "wallet";

  static SendBody read(JsonRequest body, AssetTable assets) throws BadRequestException {
    PacketKind kind = body.choice("kind", KINDS);
    Fields.Amount total = Fields.amount(body, "total");
    int count = (int) body.integer("count", 1, Integer.MAX_VALUE);
    JsonRequest audience = body.object("audience");
    // Both or none is for the rules: a refusal with a code of its own.
    long roomId = audience.idOr("room_id", Fields.ID_MAX, 0);
    long recipientId = audience.idOr("user_id", Fields.ID_MAX, 0);
    String greeting = greeting(body);
    String cover = body.has("cover") ? body.text("cover", COVER, "a cover's id") : "";
    SenderNonce nonce =
        body.has("nonce")
            ? SenderNonce.ofBytes(body.base64Url("nonce", 1, SenderNonce.SIZE_BYTES_MAX))
            : SenderNonce.NONE;
    GrabMode mode = body.choiceOr("grab_mode", GRAB_MODES, GrabMode.RESERVE);
    String provider = provider(body);
    body.end();
    var terms =
        new PacketTerms(
            kind,
            mode,
            assets.numberOr0(total.asset()),
            total.amountMinor(),
            count,
            roomId,
            recipientId,
            nonce,
            greeting,
            cover);
    return new SendBody(terms, provider, BodyHash.of(body));
  }

  private static String greeting(JsonRequest body) throws BadRequestException {
    String greeting = body.has("greeting") ? body.text("greeting", 0, Integer.MAX_VALUE) : "";
    if (greeting.chars().anyMatch(Character::isISOControl)) {
      throw body.wrong("greeting", "must have no control characters");
    }
    return greeting;
  }

  private static String provider(JsonRequest body) throws BadRequestException {
    if (!body.has("pay_with")) {
      return "";
    }
    if (!body.hasText("pay_with")) {
      return body.object("pay_with").text("provider", Fields.PROVIDER, "a provider's name");
    }
    if (!body.text("pay_with", 0, Integer.MAX_VALUE).equals(WALLET)) {
      throw body.wrong("pay_with", "must be \"wallet\" or name a provider");
    }
    return "";
  }
}
