// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.model.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of opens are read as strictly as any other body. */
class OpensBodyTest {

  private static final String ID = "1204540170000042317";

  private static OpensBody parse(String json) throws BadRequestException {
    return OpensBody.parse(json.getBytes(StandardCharsets.UTF_8), Hash128.sha256());
  }

  @Test
  void readsUsersTokensAndClaimCodes() throws Exception {
    OpensBody body =
        parse(
            """
            {"items":[{"packet_id":"1204540170000042317","user_id":"10002"},
             {"token":"abc","packet_id":"1204540170000042318","claim_code":"fGq3yZ0tTkq5mXcV7uR1bA"}]}
            """);

    assertEquals(2, body.count());
    assertEquals(1204540170000042317L, body.packetId(0));
    assertEquals(10002, body.userId(0));
    assertEquals(0, body.claimHigh(0));
    assertEquals(1204540170000042318L, body.packetId(1));
    assertEquals(0, body.userId(1));
    byte[] hash = Hash128.sha256().digest("abc".getBytes(StandardCharsets.US_ASCII));
    assertEquals(ByteBuffer.wrap(hash).getLong(), body.tokenHigh(1));
    assertEquals(ByteBuffer.wrap(hash).getLong(8), body.tokenLow(1));
    assertEquals(0x7c6ab7c99d2d4e4aL, body.claimHigh(1));
  }

  @Test
  void takesAThousandItemsAndNotOneMore() throws Exception {
    String item = "{\"packet_id\":\"" + ID + "\",\"user_id\":\"7\"}";

    OpensBody full = parse("{\"items\":[" + item + ("," + item).repeat(999) + "]}");

    assertEquals(1000, full.count());
    assertEquals(7, full.userId(999));
    refused("items: must", "{\"items\":[" + item + ("," + item).repeat(1000) + "]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|items: is missing",
        "{\"items\":[]}|items: must have an element",
        "{\"items\":{}}|items: must be an array",
        "{\"items\":[7]}|items[0]: must be an object",
        "{\"items\":[{}],\"items\":[]}|items[0].packet_id: is missing",
        "{\"items\":[{\"packet_id\":\"12\",\"user_id\":\"1\"}]}|items[0].packet_id: must be an id",
        "{\"items\":[{\"packet_id\":12,\"user_id\":\"1\"}]}|items[0].packet_id: must be a string",
        "{\"items\":[{\"packet_id\":null}]}|items[0].packet_id: must not be null",
        "{\"items\":[{\"user_id\":\"1\"}]}|items[0].packet_id: is missing",
        "{\"items\":[{\"user_id\":\"01\"}]}|items[0].user_id: must be an id",
        "{\"items\":[{\"user_id\":\"1\",\"user_id\":\"1\"}]}|items[0].user_id: stands there twice",
        "{\"items\":[{\"token\":\"\"}]}|items[0].token: must have",
        "{\"items\":[{\"claim_code\":\"x\"}]}|items[0].claim_code: must be 16 bytes",
        "{\"items\":[]|The body is not valid JSON",
        "[]|The body must be a JSON object",
        "{\"items\":[]} x|items: must have an element",
      })
  void refusesAndNamesThePlace(String json, String detail) {
    refused(detail, json);
  }

  @Test
  void aUserIsNamedOnce() {
    String packet = "{\"items\":[{\"packet_id\":\"" + ID + "\"";
    refused("items[0].user_id: is missing, as is token", packet + "}]}");
    refused("items[0].token: and user_id", packet + ",\"user_id\":\"1\",\"token\":\"t\"}]}");
  }

  @Test
  void refusesFieldsThatNobodyKnows() {
    assertEquals(
        RefusalCode.UNKNOWN_FIELD,
        refused("items[0].amount: is not a field here", "{\"items\":[{\"amount\":1}]}").code());
    assertEquals(RefusalCode.UNKNOWN_FIELD, refused("more: is not a field", "{\"more\":1}").code());
  }

  private static BadRequestException refused(String detail, String json) {
    BadRequestException bad = assertThrows(BadRequestException.class, () -> parse(json));
    assertEquals(
        detail, bad.detail().substring(0, Math.min(detail.length(), bad.detail().length())));
    return bad;
  }
}
