// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/**
 * A certificate that signs itself, made on the spot: EC P-256, for localhost and 127.0.0.1.
 *
 * <p>Written by hand in DER, since the JDK can read certificates and not make them.
 */
public record TestCertificate(String certificatePem, String keyPem) {

  // 1.2.840.10045.4.3.2, ecdsa-with-SHA256.
  private static final byte[] ECDSA_SHA256 = hex("06082a8648ce3d040302");
  // 2.5.4.3, common name.
  private static final byte[] COMMON_NAME = hex("0603550403");
  // 2.5.29.17, alternative names of the subject.
  private static final byte[] ALTERNATIVE_NAMES = hex("0603551d11");

  /**
   * Makes one.
   *
   * @param name common name; two with the same name are still two
   * @param notAfter such as {@code 20991231235959Z}
   */
  public static TestCertificate of(String name, String notAfter) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      KeyPair pair = generator.generateKeyPair();
      byte[] body = body(name, notAfter, pair.getPublic().getEncoded());
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(pair.getPrivate());
      signature.update(body);
      byte[] bits = join(new byte[] {0}, signature.sign());
      byte[] certificate = der(0x30, body, der(0x30, ECDSA_SHA256), der(0x03, bits));
      return new TestCertificate(
          pem("CERTIFICATE", certificate), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** One that lasts. */
  public static TestCertificate of(String name) {
    return of(name, "20991231235959Z");
  }

  private static byte[] body(String name, String notAfter, byte[] publicKey) {
    byte[] who =
        der(
            0x30,
            der(0x31, der(0x30, COMMON_NAME, der(0x0c, name.getBytes(StandardCharsets.UTF_8)))));
    byte[] validity = der(0x30, time("20200101000000Z"), time(notAfter));
    byte[] names =
        der(
            0x30,
            der(0x82, "localhost".getBytes(StandardCharsets.US_ASCII)),
            der(0x87, new byte[] {127, 0, 0, 1}));
    byte[] extensions = der(0xa3, der(0x30, der(0x30, ALTERNATIVE_NAMES, der(0x04, names))));
    return der(
        0x30,
        der(0xa0, der(0x02, new byte[] {2})),
        der(0x02, new byte[] {1}),
        der(0x30, ECDSA_SHA256),
        who,
        validity,
        who,
        publicKey,
        extensions);
  }

  private static byte[] time(String text) {
    return der(0x18, text.getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] der(int tag, byte[]... parts) {
    byte[] content = join(parts);
    int length = content.length;
    byte[] head =
        length < 0x80
            ? new byte[] {(byte) tag, (byte) length}
            : length < 0x100
                ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
    return join(head, content);
  }

  private static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  private static byte[] hex(String text) {
    return java.util.HexFormat.of().parseHex(text);
  }

  private static String pem(String kind, byte[] der) {
    return "-----BEGIN "
        + kind
        + "-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END "
        + kind
        + "-----\n";
  }
}
