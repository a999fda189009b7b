// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoLedgerTest {

  private static final String PACKET = "1204540170000042317";

  private final DemoLedger ledger = new DemoLedger();

  @BeforeEach
  void aPacketOfTenIsSentByAnna() {
    for (String user : List.of("anna", "bert", "carl", "dora")) {
      ledger.funded(user, 2_000);
    }
    assertEquals(List.of(), ledger.sent(PACKET, "anna", 1_000, 3));
  }

  @Test
  void moneyIsNeverMade() {
    assertEquals(List.of(), opened("bert", 1, 300));
    assertEquals(List.of(), opened("carl", 2, 500));
    assertEquals(1_000, ledger.balanceMinor("anna"));
    assertEquals(2_300, ledger.balanceMinor("bert"));
    assertEquals(8_000, ledger.allBalancesMinor() + ledger.inPacketsMinor());

    assertEquals(200, ledger.expired(PACKET));

    assertEquals(1_200, ledger.balanceMinor("anna"));
    assertEquals(0, ledger.inPacketsMinor());
    assertEquals(8_000, ledger.allBalancesMinor());
  }

  @Test
  void aPacketPaidByAProviderTakesNothingFromItsSender() {
    assertEquals(List.of(), ledger.paidByProvider("2", "bert", 500, 5));

    assertEquals(2_000, ledger.balanceMinor("bert"));
    assertEquals(1_500, ledger.inPacketsMinor());
  }

  @Test
  void beingToldTheSameAgainIsNoContradiction() {
    assertEquals(List.of(), opened("bert", 1, 300));
    assertEquals(List.of(), opened("bert", 1, 300));

    assertEquals(2_300, ledger.balanceMinor("bert"));
    assertEquals(1, ledger.shareCount());
  }

  @Test
  void contradictionsAreToldAndNotBooked() {
    opened("bert", 1, 300);

    assertEquals(1, ledger.sent(PACKET, "anna", 1_000, 3).size(), "the packet again");
    assertEquals(1, opened("bert", 2, 100).size(), "a second share");
    assertEquals(1, opened("bert", 1, 301).size(), "another amount");
    assertEquals(1, opened("carl", 1, 300).size(), "a place that is taken");
    assertEquals(1, opened("carl", 4, 300).size(), "a place too many");
    assertEquals(1, opened("carl", 2, 701).size(), "more than is left");
    assertEquals(1, opened("carl", 2, 0).size(), "nothing");

    assertEquals(1_000, ledger.balanceMinor("anna"));
    assertEquals(2_300, ledger.balanceMinor("bert"));
    assertEquals(2_000, ledger.balanceMinor("carl"));
  }

  @Test
  void whatNobodyWasToldOfIsNewsAndBooked() {
    opened("bert", 1, 300);

    Set<String> news = new HashSet<>();
    List<String> complaints =
        ledger.compare(packet(share("bert", 1, 300), share("carl", 2, 50)), news);

    assertEquals(List.of(), complaints);
    assertEquals(Set.of("carl"), news);
    assertTrue(ledger.has(PACKET, "carl"));
    assertEquals(2_050, ledger.balanceMinor("carl"));
  }

  @Test
  void anAcknowledgedShareThatIsGoneOrChangedIsNamed() {
    opened("bert", 1, 300);

    assertNames("place 1 of user bert with 3.00 CNY was acknowledged, there is no share");
    assertNames(
        "place 1 of user bert with 3.00 CNY was acknowledged, there is place 1 of user bert with"
            + " 3.01 CNY",
        share("bert", 1, 301));
    assertNames("there is place 2", share("dora", 1, 1), share("bert", 2, 300));
  }

  @Test
  void twoSharesOfOneUserOrAtOnePlaceAreNamed() {
    assertNames("two shares of user bert", share("bert", 1, 300), share("bert", 2, 300));
    assertNames("has place 1 twice", share("bert", 1, 300), share("carl", 1, 300));
  }

  @Test
  void sumsThatDoNotAddUpAreNamed() {
    Set<String> news = new HashSet<>();
    Told.Packet wrong = new Told.Packet(PACKET, "open", 1_000, 3, 0, 0, 3, 999, 0, List.of(), null);
    List<String> complaints = ledger.compare(wrong, news);

    assertEquals(1, complaints.size(), complaints::toString);
    assertTrue(complaints.getFirst().contains("do not add up to 10.00 CNY"), complaints::toString);
    assertFalse(ledger.has(PACKET, "bert"));
  }

  private List<String> opened(String user, int place, long amountMinor) {
    return ledger.opened(user, new Told.Opened(PACKET, place, amountMinor, true));
  }

  private void assertNames(String sentence, Told.Share... shares) {
    List<String> complaints = ledger.compare(packet(shares), new HashSet<>());
    assertTrue(
        complaints.stream().anyMatch(complaint -> complaint.contains(sentence)),
        complaints::toString);
  }

  private static Told.Share share(String user, int place, long amountMinor) {
    return new Told.Share(place, user, amountMinor, "2026-02-16T12:00:00.000Z", true, false);
  }

  private static Told.Packet packet(Told.Share... shares) {
    List<Told.Share> list = new ArrayList<>(List.of(shares));
    long sum = list.stream().mapToLong(Told.Share::amountMinor).sum();
    return new Told.Packet(
        PACKET, "open", 1_000, 3, list.size(), sum, 3 - list.size(), 1_000 - sum, 0, list, null);
  }
}
