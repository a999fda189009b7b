// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.ConfigException;
import io.hongbao.config.Setting;
import io.hongbao.config.Settings;
import io.hongbao.tls.TestCertificate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The public port and the management port with a certificate, which changes while they serve. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TlsIT {

  private Path certificate;
  private Path key;
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    certificate = directory.resolve("cert.pem");
    key = directory.resolve("key.pem");
    write(TestCertificate.of("one"));
    server = TestServer.start(directory, settings());
  }

  private Map<Setting, String> settings() {
    return Map.of(
        Settings.HTTP_TLS_CERTIFICATE,
        certificate.toString(),
        Settings.HTTP_TLS_KEY,
        key.toString(),
        Settings.HTTP_TLS_CHECK_EVERY,
        "100ms",
        Settings.MANAGEMENT_TLS,
        "true");
  }

  private void write(TestCertificate made) throws IOException {
    Files.writeString(certificate, made.certificatePem());
    Files.writeString(key, made.keyPem());
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  @Test
  void servesBothPortsInBothVersionsAndNoOlder() throws Exception {
    for (int port : new int[] {server.port(), server.managementPort()}) {
      for (String version : new String[] {"TLSv1.3", "TLSv1.2"}) {
        try (SSLSocket socket = TlsSockets.connect(port, version)) {
          socket.startHandshake();
          assertEquals(version, socket.getSession().getProtocol());
          assertTrue(socket.getSession().getCipherSuite().matches(".*(GCM|POLY1305).*"));
          String path = port == server.port() ? "/v1/time" : "/health";
          assertTrue(get(socket, path).startsWith("HTTP/1.1 200"), path);
        }
      }
    }
  }

  @Test
  void plainHttpIsNotServedBesideIt() throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      client.write("GET /v1/time HTTP/1.1\r\nHost: test\r\n\r\n");
      assertTrue(client.isClosedByPeer(5_000));
    }
  }

  @Test
  void aHandshakeThatStallsIsCutOff() throws Exception {
    try (RawClient silent = new RawClient(server.port());
        RawClient half = new RawClient(server.port())) {
      // The first bytes of a ClientHello, and no more.
      half.write(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00});

      assertTrue(silent.isClosedByPeer(10_000));
      assertTrue(half.isClosedByPeer(10_000));
    }
  }

  @Test
  void aChangedCertificateIsServedAndAWrongOneIsNot() throws Exception {
    try (SSLSocket old = TlsSockets.connect(server.port(), "TLSv1.3")) {
      old.startHandshake();
      write(TestCertificate.of("two"));
      awaitSubject("CN=two");
      assertTrue(get(old, "/v1/time").startsWith("HTTP/1.1 200"), "open connections stay");
    }

    Files.writeString(key, "no key");
    LockSupport.parkNanos(400_000_000L);

    assertEquals("CN=two", subject());
    write(TestCertificate.of("three"));
    awaitSubject("CN=three");
  }

  @Test
  void aStartWithoutTheFileSaysWhichOne(@TempDir Path other) {
    ConfigException wrong =
        assertThrows(
            ConfigException.class,
            () ->
                TestServer.start(
                    other,
                    Map.of(
                        Settings.HTTP_TLS_CERTIFICATE,
                        other.resolve("absent.pem").toString(),
                        Settings.HTTP_TLS_KEY,
                        key.toString())));

    assertEquals(
        "http.tls.certificate names " + other.resolve("absent.pem") + ", which is not there",
        wrong.getMessage());
  }

  private void awaitSubject(String expected) throws Exception {
    for (int i = 0; i < 100 && !subject().equals(expected); i++) {
      LockSupport.parkNanos(50_000_000L);
    }
    assertEquals(expected, subject());
  }

  private String subject() throws Exception {
    try (SSLSocket socket = TlsSockets.connect(server.port(), "TLSv1.3")) {
      socket.startHandshake();
      var own = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return own.getSubjectX500Principal().getName();
    } catch (SSLHandshakeException changing) {
      return "";
    }
  }

  private static String get(SSLSocket socket, String path) throws IOException {
    String request = "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
  }
}
