// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.model.RefusalCode;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Idempotency keys, hashes of bodies, cursors and request ids. */
class RequestHeadersTest {

  @Test
  void aKeyWithoutTimeIsAnyPrintableText() throws BadRequestException {
    IdempotencyKey key = IdempotencyKey.parse("order 7 ~", 7, "sendRedPacket");

    assertFalse(key.hasTime());
    assertEquals(key, IdempotencyKey.parse("order 7 ~", 7, "sendRedPacket"));
    assertEquals(128, "k".repeat(IdempotencyKey.LENGTH_MAX).length());
    assertFalse(IdempotencyKey.parse("k".repeat(128), 7, "topUp").hasTime());
  }

  @Test
  void aKeyServesEachOperationAnew() throws BadRequestException {
    assertNotEquals(
        IdempotencyKey.parse("k", 7, "topUp").hash(),
        IdempotencyKey.parse("k", 7, "createHold").hash());
    assertNotEquals(
        IdempotencyKey.parse("bc", 7, "a").hash(), IdempotencyKey.parse("c", 7, "ab").hash());
  }

  @Test
  void theHashIsTheHeadOfSha256() throws BadRequestException {
    // printf '\0\0\0\0\0\0\0\7topUp\0k' | sha256sum
    Hash128 hash = IdempotencyKey.parse("k", 7, "topUp").hash();

    assertEquals(
        "3c8fc5fd3d2a01c0 997a66932c97d6d3",
        Long.toHexString(hash.high()) + " " + Long.toHexString(hash.low()));
  }

  @Test
  void readsTheTimeOfAUuid7() throws BadRequestException {
    // The example of RFC 9562, appendix A.6: 2022-02-22T19:22:22.000Z.
    assertEquals(
        0x017F22E279B0L,
        IdempotencyKey.parse("017F22E2-79B0-7CC3-98C4-DC0C0C07398F", 7, "x").timeMs());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "017F22E2-79B0-4CC3-98C4-DC0C0C07398F", // version 4
        "017F22E2-79B0-7CC3-18C4-DC0C0C07398F", // another variant
        "017F22E2-79B0-7CC3-C8C4-DC0C0C07398F",
        "017F22E2-79B0-7CC3-98C4-DC0C0C07398G",
        "017F22E2 79B0-7CC3-98C4-DC0C0C07398F",
        "017F22E279B07CC398C4DC0C0C07398F",
      })
  void takesNoTimeFromOtherKeys(String text) throws BadRequestException {
    assertFalse(IdempotencyKey.parse(text, 7, "x").hasTime());
  }

  @Test
  void refusesKeysThatAreNone() {
    assertEquals(RefusalCode.KEY_MISSING, refusalOfKey(null));
    assertEquals(RefusalCode.KEY_MALFORMED, refusalOfKey(""));
    assertEquals(RefusalCode.KEY_MALFORMED, refusalOfKey("k".repeat(129)));
    assertEquals(RefusalCode.KEY_MALFORMED, refusalOfKey("a\tb"));
    assertEquals(RefusalCode.KEY_MALFORMED, refusalOfKey("é"));
    assertEquals(RefusalCode.KEY_MALFORMED, refusalOfKey("\u007f"));
  }

  @Test
  void twoBodiesAreOneWhenTheySayTheSame() throws BadRequestException {
    long hash = hashOf("{\"a\":1,\"b\":{\"c\":\"é\",\"d\":[true,\"1\"]}}");

    assertEquals(hash, hashOf(" {\"b\" : {\"d\":[true,\"1\"],\n\"c\":\"\\u00e9\"}, \"a\":1} "));
    assertNotEquals(hash, hashOf("{\"a\":2,\"b\":{\"c\":\"é\",\"d\":[true,\"1\"]}}"));
    assertNotEquals(hash, hashOf("{\"a\":1,\"b\":{\"c\":\"é\",\"d\":[true,1]}}"));
    assertNotEquals(hash, hashOf("{\"a\":1,\"b\":{\"c\":\"é\",\"d\":[\"1\",true]}}"));
    assertNotEquals(hash, hashOf("{\"a\":1}"));
    assertNotEquals(hashOf("{\"a\":[],\"b\":1}"), hashOf("{\"a\":[{\"b\":1}]}"));
    assertNotEquals(BodyHash.of(parse("{}"), "hold1", "x"), BodyHash.of(parse("{}"), "hold1x"));
  }

  @Test
  void cursorsComeBackAsTheyWent() throws BadRequestException {
    long[] keys = {0, -1, Long.MAX_VALUE, Long.MIN_VALUE, 90412};

    String cursor = PageCursor.write('s', keys);

    assertArrayEquals(keys, PageCursor.parse(cursor, 's', keys.length));
    assertEquals(cursor, PageCursor.write('s', PageCursor.parse(cursor, 's', 5)));
  }

  @Test
  void refusesCursorsThatNoListGave() {
    String good = PageCursor.write('s', 90412);

    assertRefusedCursor(good, 'r', 1);
    assertRefusedCursor(good, 's', 2);
    assertRefusedCursor(good + "=", 's', 1);
    assertRefusedCursor(good.substring(1), 's', 1);
    assertRefusedCursor("", 's', 1);
    assertRefusedCursor("not base64!", 's', 1);
    assertRefusedCursor("中".repeat(12), 's', 1);
  }

  @Test
  void keepsSaneRequestIdsAndMakesOthers() {
    var ids = new RequestIds(0xc3f9a1, new AtomicLong(41)::incrementAndGet);

    assertEquals("A-z_0.9", ids.idOf("A-z_0.9"));
    assertEquals("00c3f9a1-2a", ids.idOf(null));
    assertEquals("00c3f9a1-2b", ids.idOf(""));
    assertEquals("00c3f9a1-2c", ids.idOf("x".repeat(65)));
    assertEquals("00c3f9a1-2d", ids.idOf("a b"));
    assertEquals("00c3f9a1-2e", ids.idOf("a\r\nb"));
    assertEquals("00c3f9a1-2f", ids.idOf("é"));
  }

  private static RefusalCode refusalOfKey(@org.jspecify.annotations.Nullable String header) {
    return assertThrows(BadRequestException.class, () -> IdempotencyKey.parse(header, 7, "topUp"))
        .code();
  }

  private static void assertRefusedCursor(String text, char list, int keyCount) {
    BadRequestException bad =
        assertThrows(BadRequestException.class, () -> PageCursor.parse(text, list, keyCount));
    assertEquals(RefusalCode.MALFORMED_REQUEST, bad.code());
  }

  private static long hashOf(String body) throws BadRequestException {
    return BodyHash.of(parse(body));
  }

  private static JsonRequest parse(String body) throws BadRequestException {
    return JsonRequest.parse(Buffer.buffer(body), 1000);
  }
}
