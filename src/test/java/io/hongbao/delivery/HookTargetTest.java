// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs and addresses a receiver may have. */
class HookTargetTest {

  @Test
  void takesUrlsApart() throws Exception {
    assertEquals(
        new HookTarget(true, "a.example", 443, "/"), HookTarget.parse("https://a.example", false));
    assertEquals(
        new HookTarget(true, "a.example", 8443, "/h?x=1"),
        HookTarget.parse("HTTPS://a.example:8443/h?x=1", false));
    assertEquals(new HookTarget(false, "::1", 80, "/h"), HookTarget.parse("http://[::1]/h", true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://a.example/",
        "ftp://a.example/",
        "https://",
        "https:///h",
        "//a.example/h",
        "a.example/h",
        "https://user:pw@a.example/",
        "https://a.example/#x",
        "https://a.example:0/",
        "https://a.example:99999/",
        "https://a.exämple/",
        "https://a.example/ h",
        "https://a.example/\n",
        "file:///etc/passwd",
        "https://a_b.example/",
        ""
      })
  void refusesWhatIsNoPlainHttps(String url) {
    assertThrows(
        HookTarget.UnsuitableException.class, () -> HookTarget.parse(url, false), () -> url);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd12:3456::1",
        "ff02::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "2002:c0a8:101::1",
        "2001:0:1::1",
        "2001:db8::1",
        "fec0::1"
      })
  void theInnerNetworkIsNotPublic(String address) throws Exception {
    assertFalse(AddressRule.isPublic(InetAddress.getByName(address)), address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "100.63.255.255",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "64:ff9b::808:808"
      })
  void theRestIs(String address) throws Exception {
    assertTrue(AddressRule.isPublic(InetAddress.getByName(address)), address);
  }
}
