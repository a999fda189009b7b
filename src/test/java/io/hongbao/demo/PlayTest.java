// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.demo.FakeBooks.Fault;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The whole play on a fake server: first a faultless one, then with faults. */
class PlayTest {

  private record Played(boolean ok, List<String> lines) {

    String last() {
      return lines.getLast();
    }

    void assertNames(String difference) {
      assertTrue(
          lines.stream().anyMatch(line -> line.contains("DIFFERS: ") && line.contains(difference)),
          () -> difference + " in " + this);
      assertTrue(last().startsWith("demo failed differences="), this::last);
    }
  }

  @Test
  void aServerWithoutFaultPlaysToTheEnd() throws Exception {
    Played played = play(60, false);

    assertTrue(played.ok(), played::toString);
    assertTrue(
        played
            .last()
            .matches(
                "demo ok users=60 packets=\\d+ shares=\\d+ killed=1 recovered_ms=\\d+"
                    + " requests=\\d+ seconds=\\d+\\.\\d"),
        played::last);
    List<String> headings = played.lines().stream().filter(l -> l.matches("\\d\\. .*")).toList();
    assertEquals(7, headings.size(), headings::toString);
    assertTrue(
        played.lines().stream().allMatch(line -> line.matches("[ -~]*")),
        () -> "without a locale there is only ASCII: " + played);
  }

  // Several at once, since each play takes its time; the play goes on after a difference.
  @Test
  void faultsOfTheRulesAreNoticedAndNamed() throws Exception {
    Played played = play(40, true, Fault.CREDITS_TWICE, Fault.KEEPS_A_FEN_OF_THE_REST);

    assertFalse(played.ok(), played::toString);
    played.assertNames("balance of user");
    played.assertNames("what came back to user");
  }

  @Test
  void aPartThatCannotGoOnEndsThePlay() throws Exception {
    Played played = play(40, true, Fault.GIVES_STRANGERS_A_SHARE);

    assertFalse(played.ok(), played::toString);
    played.assertNames("what a stranger hears is , expected not_found");
    played.assertNames("this part cannot go on");
    assertTrue(played.last().contains(" stopped_in_part=3 "), played::last);

    played = play(40, true, Fault.OPENS_BEFORE_THE_PAYMENT);
    assertFalse(played.ok(), played::toString);
    played.assertNames("before any true notice");
  }

  @Test
  void faultsOfTheRecoveryAreNoticedAndNamed() throws Exception {
    Played played = play(40, true, Fault.LOSES_A_SHARE_AT_THE_KILL);
    assertFalse(played.ok(), played::toString);
    played.assertNames("was acknowledged, there is no share");

    played = play(40, true, Fault.CHANGES_AN_AMOUNT_AT_THE_KILL, Fault.FORGETS_KEYS_AT_THE_KILL);
    assertFalse(played.ok(), played::toString);
    played.assertNames("was acknowledged, there is place");
    played.assertNames("packet of a repeated send");
  }

  private static Played play(int users, boolean quiet, Fault... faults) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    Page page = new Page(out, Page.Style.of(quiet, false, out.charset(), Map.of()));
    try (FakeHongbao server = new FakeHongbao()) {
      server.books.faults.addAll(List.of(faults));
      Play play = new Play(new DemoOptions(users, false, quiet, 42), server, page);
      boolean ok = play.run(System.nanoTime());
      page.always(play.lastLine());
      return new Played(ok, bytes.toString(StandardCharsets.UTF_8).lines().toList());
    }
  }
}
