// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "TLS".
package io.hongbao.tls;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate with its key, both known to be good for one another.
 *
 * <p><b>Thread:</b> any; immutable.
 *
 * <p><b>Failure:</b> {@link TlsException} names the file and what to do.
 */
public final class Identity {

  // Without the forms of TLS 1.2 that have no forward secrecy or no authenticated encryption.
  private static final List<String> SUITES =
      List.of(
          "TLS_AES_128_GCM_SHA256",
          "TLS_AES_256_GCM_SHA384",
          "TLS_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
          "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
          "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

  /** A peer that does not finish its handshake in this time is cut off. */
  private static final int HANDSHAKE_S_MAX = 5;

  private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

  private static final Pattern PKCS8 =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]*)-----END PRIVATE KEY-----");
  private static final Pattern OTHER_KEY =
      Pattern.compile("-----BEGIN ((?:RSA|EC|DSA) |ENCRYPTED )");
  private static final byte[] PROBE = "hongbao".getBytes(StandardCharsets.US_ASCII);

  private final Buffer certificatePem;
  private final Buffer keyPem;
  private final X509Certificate certificate;

  private Identity(Buffer certificatePem, Buffer keyPem, X509Certificate certificate) {
    this.certificatePem = certificatePem;
    this.keyPem = keyPem;
    this.certificate = certificate;
  }

  /**
   * One file.
   *
   * @param name as messages call it
   */
  public record Pem(String name, byte[] content) {}

  /** Reads both and holds them against one another. */
  public static Identity of(Pem certificates, Pem key) throws TlsException {
    X509Certificate certificate = certificate(certificates);
    checkPair(certificates, key, certificate.getPublicKey(), privateKey(key, certificate));
    return new Identity(
        Buffer.buffer(certificates.content()), Buffer.buffer(key.content()), certificate);
  }

  private static X509Certificate certificate(Pem pem) throws TlsException {
    try {
      Collection<? extends Certificate> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem.content()));
      if (!all.isEmpty() && all.iterator().next() instanceof X509Certificate first) {
        return first;
      }
    } catch (CertificateException broken) {
      // Falls through to the same sentence; the parser's own says less.
    }
    throw new TlsException(pem.name() + " holds no certificate in PEM form");
  }

  private static PrivateKey privateKey(Pem pem, X509Certificate certificate) throws TlsException {
    String text = new String(pem.content(), StandardCharsets.ISO_8859_1);
    Matcher block = PKCS8.matcher(text);
    if (!block.find()) {
      Matcher other = OTHER_KEY.matcher(text);
      if (other.find()) {
        throw new TlsException(
            pem.name()
                + (other.group(1).startsWith("ENCRYPTED")
                    ? " holds a key with a password"
                    : " holds a key in an older form")
                + "; convert it: openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW");
      }
      throw new TlsException(pem.name() + " holds no private key in PEM form");
    }
    try {
      byte[] der = Base64.getMimeDecoder().decode(block.group(1));
      return KeyFactory.getInstance(certificate.getPublicKey().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(der));
    } catch (GeneralSecurityException | IllegalArgumentException broken) {
      throw new TlsException(
          pem.name() + " holds no private key of the kind that the certificate has");
    }
  }

  private static void checkPair(Pem certificates, Pem key, PublicKey ours, PrivateKey secret)
      throws TlsException {
    boolean isPair;
    try {
      Signature signature = Signature.getInstance(algorithm(ours));
      signature.initSign(secret);
      signature.update(PROBE);
      byte[] signed = signature.sign();
      signature.initVerify(ours);
      signature.update(PROBE);
      isPair = signature.verify(signed);
    } catch (GeneralSecurityException differ) {
      isPair = false;
    }
    if (!isPair) {
      throw new TlsException(
          key.name() + " is not the key of the first certificate in " + certificates.name());
    }
  }

  private static String algorithm(PublicKey key) {
    return switch (key.getAlgorithm()) {
      case "RSA" -> "SHA256withRSA";
      case "EC" -> "SHA256withECDSA";
      default -> key.getAlgorithm();
    };
  }

  /** For a server that is to be made. */
  public HttpServerOptions addTo(HttpServerOptions options) {
    options.setSsl(true).setUseAlpn(false);
    options.setSslHandshakeTimeout(HANDSHAKE_S_MAX).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    options.setKeyCertOptions(keyCert());
    options.setEnabledSecureTransportProtocols(PROTOCOLS);
    SUITES.forEach(options::addEnabledCipherSuite);
    return options;
  }

  private PemKeyCertOptions keyCert() {
    return new PemKeyCertOptions().addCertValue(certificatePem).addKeyValue(keyPem);
  }

  /** For a server that is open already. */
  public ServerSSLOptions options() {
    ServerSSLOptions options = new ServerSSLOptions();
    options.setKeyCertOptions(keyCert());
    options.setEnabledSecureTransportProtocols(PROTOCOLS);
    SUITES.forEach(options::addEnabledCipherSuite);
    options.setUseAlpn(false);
    options.setSslHandshakeTimeout(HANDSHAKE_S_MAX).setSslHandshakeTimeoutUnit(TimeUnit.SECONDS);
    return options;
  }

  /** When the certificate ends, in milliseconds since 1970. */
  public long notAfterMs() {
    return certificate.getNotAfter().toInstant().toEpochMilli();
  }

  /** Whose it is, for the log. */
  public String subject() {
    return certificate.getSubjectX500Principal().getName();
  }
}
