// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Failed logins".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Addresses;
import io.hongbao.config.Network;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody can say himself from where he comes. */
class SourceAddressTest {

  private static final SourceAddress BEHIND =
      new SourceAddress(List.of(network("10.0.0.0/8"), network("2001:db8:1::/48")));

  private static Network network(String text) {
    Network network = Network.parse(text);
    assertTrue(network != null, text);
    return network;
  }

  private static String hex(String address) {
    return new SourceAddress(List.of()).of(address, List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // peer, X-Forwarded-For, whose address counts
    "192.0.2.1, , 192.0.2.1",
    "192.0.2.1, 198.51.100.7, 192.0.2.1",
    "10.1.2.3, 198.51.100.7, 198.51.100.7",
    "10.1.2.3, '1.1.1.1, 198.51.100.7', 198.51.100.7",
    "10.1.2.3, '198.51.100.7, 10.9.9.9', 198.51.100.7",
    "10.1.2.3, '1.1.1.1, 198.51.100.7, 10.9.9.9', 198.51.100.7",
    "10.1.2.3, 198.51.100.7:4711, 198.51.100.7",
    "10.1.2.3, '[2001:db8:7::1]:4711', 2001:db8:7::1",
    "10.1.2.3, nonsense, 10.1.2.3",
    "10.1.2.3, 'nonsense, 10.9.9.9', 10.9.9.9",
    "10.1.2.3, , 10.1.2.3",
    "2001:db8:1::5, 198.51.100.7, 198.51.100.7",
    "::ffff:10.1.2.3, 198.51.100.7, 198.51.100.7",
  })
  void theLastHopThatIsNotTrustedCounts(String peer, String forwarded, String counted) {
    List<String> headers = forwarded == null ? List.of() : List.of(forwarded);

    assertEquals(hex(counted), BEHIND.of(peer, headers));
  }

  @Test
  void withoutTrustedProxiesNobodyIsBelieved() {
    assertEquals(
        hex("127.0.0.1"), new SourceAddress(List.of()).of("127.0.0.1", List.of("198.51.100.7")));
  }

  @Test
  void headersAreReadInTheirOrder() {
    assertEquals(hex("198.51.100.7"), BEHIND.of("10.1.2.3", List.of("1.1.1.1", "198.51.100.7")));
  }

  @Test
  void ofIpv6TheFirstHalfCounts() {
    assertEquals(hex("2001:db8:7:1::1"), hex("2001:db8:7:1:ffff::2"));
    assertFalse(hex("2001:db8:7:1::1").equals(hex("2001:db8:7:2::1")));
  }

  @Test
  void namesAreNoAddresses() {
    for (String text :
        new String[] {"", "localhost", "example.com", "1.2.3", "1.2.3.4.5", "256.1.1.1", "a:b:c"}) {
      assertNull(Addresses.parse(text), text);
    }
    assertEquals("unknown", hex("localhost"));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.1, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.129, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "0.0.0.0/0, 8.8.8.8, true",
    "192.0.2.1, 192.0.2.1, true",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "2001:db8::/32, 10.0.0.1, false",
  })
  void aNetworkContainsItsAddresses(String network, String address, boolean isIn) {
    byte[] bytes = Addresses.parse(address);
    assertTrue(bytes != null);

    assertEquals(isIn, network(network).contains(bytes));
  }

  @Test
  void whatIsNoNetworkIsRefused() {
    for (String text : new String[] {"10.0.0.0/33", "10.0.0.0/x", "proxy/8", "::/129", "/8"}) {
      assertNull(Network.parse(text), text);
    }
  }
}
