// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider.pay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.model.RefusalCode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NoticeVerifierTest {

  private static final long NOW_MS = 1_769_846_400_000L;
  private static final long TOLERANCE_MS = 300_000;
  private static final byte[] SECRET = ascii("0123456789abcdef0123456789abcdef");
  private static final byte[] OLD_SECRET = ascii("fedcba9876543210fedcba9876543210");
  private static final PayNotice NOTICE =
      new PayNotice("sim", 123, "txn-1", "CNY", 10_000, NOW_MS - 50, "n-1");

  private final NoticeSigner signer = new NoticeSigner(SECRET);
  private final NoticeVerifier verifier =
      new NoticeVerifier("sim", List.of(SECRET, OLD_SECRET), TOLERANCE_MS);

  @Test
  void signsAsAnybodyElseWould() {
    // printf '1769846400000.{"a":1}' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    assertEquals(
        "t=1769846400000,v1=f7ae5e4e0ee11599e9b960c5ce5b6708614c0aa69b9b2e9a1561a9e08d92c472",
        signer.sign(NOW_MS, ascii("{\"a\":1}")));
  }

  @Test
  void believesAGenuineNoticeAndReadsBackWhatWasWritten() {
    byte[] body = NOTICE.toBody();

    NoticeVerdict verdict = verifier.verify(body, signer.sign(NOW_MS, body), NOW_MS);

    assertEquals(new NoticeVerdict.Genuine(NOTICE), verdict);
  }

  @Test
  void takesTheOldSecretWhileSecretsChange() {
    byte[] body = NOTICE.toBody();
    String header = new NoticeSigner(OLD_SECRET).sign(NOW_MS, body);

    assertInstanceOf(NoticeVerdict.Genuine.class, verifier.verify(body, header, NOW_MS));
    assertEquals(
        RefusalCode.NOTICE_FORGED,
        refusal(new NoticeVerifier("sim", List.of(SECRET), TOLERANCE_MS), body, header));
  }

  @ParameterizedTest
  @CsvSource({
    "-300001, NOTICE_FORGED",
    "-300000, ",
    "0, ",
    "300000, ",
    "300001, NOTICE_FORGED",
    "-999999999999, NOTICE_FORGED",
  })
  void takesSignaturesOfTheLastFiveMinutesOnly(long signedAfterMs, RefusalCode expected) {
    byte[] body = NOTICE.toBody();
    String header = signer.sign(NOW_MS + signedAfterMs, body);

    NoticeVerdict verdict = verifier.verify(body, header, NOW_MS);

    assertEquals(
        expected, verdict instanceof NoticeVerdict.Refused refused ? refused.code() : null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t=",
        "v1=MAC",
        "t=TIME",
        "t=TIME,v1=",
        "t=TIME,v1=00",
        "t=TIME,v1=MAC ",
        " t=TIME,v1=MAC",
        "t=TIME, v1=MAC",
        "t=TIME,v0=MAC",
        "v1=MAC,t=TIME",
        "t=TIME,v1=MAC,v1=MAC",
        "t=0TIME,v1=MAC",
        "t=-TIME,v1=MAC",
        "t=99999999999999999999,v1=MAC",
        "t=TIME,v1=gggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggggg",
      })
  void refusesEveryOtherFormOfTheHeader(String template) {
    byte[] body = NOTICE.toBody();
    String mac = signer.sign(NOW_MS, body).replaceFirst(".*v1=", "");
    String header = template.replace("TIME", Long.toString(NOW_MS)).replace("MAC", mac);

    assertEquals(RefusalCode.NOTICE_FORGED, refusal(verifier, body, header));
  }

  @Test
  void refusesANoticeWithoutSignature() {
    NoticeVerdict verdict = verifier.verify(NOTICE.toBody(), null, NOW_MS);

    assertEquals(
        RefusalCode.NOTICE_FORGED, assertInstanceOf(NoticeVerdict.Refused.class, verdict).code());
  }

  @Test
  void refusesEveryChangeOfOneBit() {
    byte[] body = NOTICE.toBody();
    String header = signer.sign(NOW_MS, body);

    for (int bit = 0; bit < body.length * 8; bit++) {
      byte[] changed = body.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      assertEquals(RefusalCode.NOTICE_FORGED, refusal(verifier, changed, header), "bit " + bit);
    }
    for (int at = "t=".length(); at < "t=".length() + 13; at++) {
      char digit = header.charAt(at) == '1' ? '2' : '1';
      String changed = header.substring(0, at) + digit + header.substring(at + 1);
      assertEquals(RefusalCode.NOTICE_FORGED, refusal(verifier, body, changed), changed);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "\"text\"",
        "{",
        "{}",
        "{}{}",
        "BODY BODY",
        "BODY|\"status\":\"paid\"|\"status\":\"closed\"",
        "BODY|\"order_id\":\"123\"|\"order_id\":123",
        "BODY|\"order_id\":\"123\"|\"order_id\":\"0123\"",
        "BODY|\"order_id\":\"123\"|\"order_id\":\"-1\"",
        "BODY|\"order_id\":\"123\"|\"order_id\":\"9223372036854775808\"",
        "BODY|\"order_id\":\"123\"|\"order_id\":\"\"",
        "BODY|\"amount\":10000|\"amount\":10000.0",
        "BODY|\"amount\":10000|\"amount\":1e4",
        "BODY|\"amount\":10000|\"amount\":\"10000\"",
        "BODY|\"amount\":10000|\"amount\":-1",
        "BODY|\"amount\":10000|\"amount\":9007199254740992",
        "BODY|\"amount\":10000|\"amount\":99999999999999999999",
        "BODY|\"amount\":10000|\"amount\":10000,\"fee\":1",
        "BODY|\"status\":\"paid\"|\"status\":\"paid\",\"extra\":true",
        "BODY|\"status\":\"paid\"|\"status\":\"paid\",\"status\":\"paid\"",
        "BODY|\"asset\":\"CNY\"|\"asset\":null",
        "BODY|\"paid_at\":\"2|\"paid_at\":\"x2",
        "BODY|\"txn-1\"|\"\"",
        "BODY|\"txn-1\"|\"t\\u0000n\"",
      })
  void refusesWellSignedBodiesOfAnotherForm(String recipe) {
    String whole = new String(NOTICE.toBody(), StandardCharsets.UTF_8);
    String[] parts = recipe.replace("BODY", whole).split("\\|", -1);
    String text = parts.length == 3 ? parts[0].replace(parts[1], parts[2]) : parts[0];
    byte[] body = text.getBytes(StandardCharsets.UTF_8);

    assertEquals(
        RefusalCode.MALFORMED_REQUEST, refusal(verifier, body, signer.sign(NOW_MS, body)), text);
  }

  @Test
  void readsNoMoreThanItsLimit() {
    byte[] body = new byte[PayNotice.BODY_BYTES_MAX + 1];

    assertEquals(RefusalCode.MALFORMED_REQUEST, refusal(verifier, body, signer.sign(NOW_MS, body)));
  }

  @Test
  void refusesTheNoticeOfAnotherProvider() {
    byte[] body = new PayNotice("other", 123, "txn-1", "CNY", 10_000, NOW_MS, "n-1").toBody();

    assertEquals(RefusalCode.NOTICE_MISMATCH, refusal(verifier, body, signer.sign(NOW_MS, body)));
  }

  @Test
  void wantsASecretThatCannotBeGuessed() {
    assertThrows(IllegalArgumentException.class, () -> new NoticeSigner(ascii("short")));
  }

  private static RefusalCode refusal(NoticeVerifier verifier, byte[] body, String header) {
    NoticeVerdict verdict = verifier.verify(body, header, NOW_MS);
    return assertInstanceOf(NoticeVerdict.Refused.class, verdict).code();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
