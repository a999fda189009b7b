// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Red packets".
package io.hongbao.proof;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.redpacket.draw.DrawProof;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrawProofJsonTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "3", "{", "{}{}", "\"text\"", "{\"rule\":1,}", "{}"})
  void refusesWhatIsNoObject(String document) {
    assertThrows(MalformedProofException.class, () -> DrawProofJson.read(document));
  }

  @Test
  void refusesDocumentsNestedToExhaustTheStack() {
    String deep = "{\"shares\":" + "[".repeat(200_000);

    assertThrows(MalformedProofException.class, () -> DrawProofJson.read(deep));
  }

  /** The value is JSON; an empty one removes the field. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      delimiter = '|',
      value = {
        "rule | \"1\" | \"rule\" is not an integer below 2^63",
        "rule | | \"rule\" is missing",
        "packet_id | 7 | \"packet_id\" is not a string",
        "packet_id | \"7x\" | \"packet_id\" is not a packet id in decimal digits",
        "packet_id | \"9223372036854775808\" | \"packet_id\" is not a packet id in decimal digits",
        "total | 100.0 | \"total\" is not an integer below 2^63",
        "total | 1e3 | \"total\" is not an integer below 2^63",
        "total | 9223372036854775808 | \"total\" is not an integer below 2^63",
        "total | null | \"total\" is missing",
        "kind | \"LUCKY\" | \"kind\" is none of lucky, lucky_fair, equal, exclusive",
        "asset | \"\" | \"asset\" is not a short code in printable ASCII",
        "asset | \"\\u001b[2J\" | \"asset\" is not a short code in printable ASCII",
        "nonce | \"+/\" | \"nonce\" is not base64url of 64 bytes at most",
        "nonce | 5 | \"nonce\" is not a string",
        "seed | \"00\" | \"seed\" is not 64 hexadecimal digits",
        "commitment | | \"commitment\" is missing",
        "shares | {} | \"shares\" is not a list",
        "shares | [1] | \"shares\" has an element that is not an object",
        "shares | [{\"place\":1}] | \"amount\" is missing",
      })
  void saysWhichFieldIsWrong(String field, String value, String sentence) {
    JsonObject json = proof();
    json.remove(field);
    String rest = json.encode();
    String document =
        value == null ? rest : "{\"" + field + "\":" + value + "," + rest.substring(1);

    MalformedProofException malformed =
        assertThrows(MalformedProofException.class, () -> DrawProofJson.read(document));

    assertEquals(sentence, malformed.getMessage());
  }

  @Test
  void skipsFieldsItDoesNotKnowAndTakesAnAbsentNonceForNone() throws MalformedProofException {
    DrawProof proof = DrawProofJson.read(proof().put("greeting", "hi").put("nonce", null).encode());

    assertTrue(proof.nonce().isNone());
    assertEquals(new JsonArray(), DrawProofJson.write(proof).getJsonArray("shares"));
    assertEquals(proof(), DrawProofJson.write(proof));
  }

  private static JsonObject proof() {
    return new JsonObject()
        .put("rule", 1L)
        .put("packet_id", "1203450000000001001")
        .put("asset", "CNY")
        .put("kind", "lucky")
        .put("total", 100L)
        .put("count", 2L)
        .put("minimum", 1L)
        .put("expires_at_ms", 1_767_225_600_000L)
        .put("commitment", "ab".repeat(32))
        .put("seed", "cd".repeat(32))
        .put("shares", new JsonArray());
  }
}
