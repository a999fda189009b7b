// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.hongbao.tls.Identity.Pem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A certificate and a key are taken only when they are good for one another. */
class IdentityTest {

  private static final TestCertificate ONE = TestCertificate.of("one", "20300102030405Z");

  @Test
  void takesAPairThatFits() throws Exception {
    Identity identity = identity(ONE.certificatePem(), ONE.keyPem());

    assertEquals("CN=one", identity.subject());
    assertEquals(Instant.parse("2030-01-02T03:04:05Z").toEpochMilli(), identity.notAfterMs());
  }

  @Test
  void refusesTheKeyOfAnotherCertificate() {
    refused(
        "key.pem is not the key of the first certificate in cert.pem",
        ONE.certificatePem(),
        TestCertificate.of("two").keyPem());
  }

  @Test
  void saysWhichFileIsNoCertificate() {
    refused("cert.pem holds no certificate in PEM form", "hello", ONE.keyPem());
    refused("cert.pem holds no certificate in PEM form", "", ONE.keyPem());
    refused(
        "cert.pem holds no certificate in PEM form",
        ONE.certificatePem().replaceFirst("MI", "!!"),
        ONE.keyPem());
  }

  @Test
  void saysWhatToDoWithAKeyOfAnotherForm() {
    refused("key.pem holds no private key in PEM form", ONE.certificatePem(), "");
    refused(
        "key.pem holds a key with a password; convert it: openssl pkcs8 -topk8 -nocrypt"
            + " -in OLD -out NEW",
        ONE.certificatePem(),
        ONE.keyPem().replace(" PRIVATE", " ENCRYPTED PRIVATE"));
    refused(
        "key.pem holds a key in an older form; convert it: openssl pkcs8 -topk8 -nocrypt"
            + " -in OLD -out NEW",
        ONE.certificatePem(),
        ONE.keyPem().replace(" PRIVATE", " EC PRIVATE"));
    refused(
        "key.pem holds no private key of the kind that the certificate has",
        ONE.certificatePem(),
        ONE.keyPem().replaceFirst("\nM", "\nA"));
  }

  private static Identity identity(String certificate, String key) throws TlsException {
    return Identity.of(
        new Pem("cert.pem", certificate.getBytes(StandardCharsets.US_ASCII)),
        new Pem("key.pem", key.getBytes(StandardCharsets.US_ASCII)));
  }

  private static void refused(String sentence, String certificate, String key) {
    TlsException wrong = assertThrows(TlsException.class, () -> identity(certificate, key));
    assertEquals(sentence, wrong.getMessage());
  }
}
