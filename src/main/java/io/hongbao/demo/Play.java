// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.List;
import java.util.Locale;

/**
 * The chapters on a server that runs, in their order.
 *
 * <p><b>Failure:</b> a chapter that cannot go on is a difference, and the play ends there.
 */
final class Play {

  private static final double MS_PER_S = 1_000;

  private final DemoOptions options;
  private final SandboxServer server;
  private final Page page;
  private final Findings findings;
  private final KillChapter kill = new KillChapter();
  private final List<Chapter> chapters =
      List.of(
          new SeedChapter(),
          new LuckyChapter(),
          new KindsChapter(),
          new ProviderChapter(),
          new ExpiryChapter(),
          kill,
          new BooksChapter());
  private String lastLine = "demo failed: it never began";

  Play(DemoOptions options, SandboxServer server, Page page) {
    this.options = options;
    this.server = server;
    this.page = page;
    this.findings = new Findings(page);
  }

  /**
   * Plays to the end or to where it cannot go on; returns whether all was as it must be.
   *
   * @param startNanos when the person began to wait
   */
  boolean run(long startNanos) throws InterruptedException {
    try (DemoHttp http = new DemoHttp(server::api)) {
      DemoClient client = new DemoClient(http, server.operatorKey());
      Stage stage = new Stage(options, server, client, page, findings);
      String ended = playAll(stage);
      server.complaints().forEach(findings::differs);
      double seconds = Stage.sinceMs(startNanos) / MS_PER_S;
      boolean ok = findings.count() == 0;
      lastLine =
          ok
              ? String.format(
                  Locale.ROOT,
                  "demo ok users=%d packets=%d shares=%d killed=1 recovered_ms=%d requests=%d"
                      + " seconds=%.1f",
                  options.userCount(),
                  stage.ledger.packetCount(),
                  stage.ledger.shareCount(),
                  kill.recoveredMs(),
                  http.requestCount(),
                  seconds)
              : String.format(
                  Locale.ROOT,
                  "demo failed differences=%d%s seed=%d seconds=%.1f",
                  findings.count(),
                  ended,
                  options.seed(),
                  seconds);
      return ok;
    }
  }

  /** The result for people and scripts. */
  String lastLine() {
    return lastLine;
  }

  // Returns where the play could not go on, for the last line; empty when it came to its end.
  private String playAll(Stage stage) throws InterruptedException {
    for (int number = 1; number <= chapters.size(); number++) {
      Chapter chapter = chapters.get(number - 1);
      page.heading(number + ". " + chapter.title(stage));
      try {
        chapter.play(stage);
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failed) {
        findings.differs("this part cannot go on: " + sentence(failed));
        return " stopped_in_part=" + number;
      }
    }
    stopServer();
    return "";
  }

  private void stopServer() throws InterruptedException {
    long startNanos = System.nanoTime();
    String wrong = server.stop();
    if (wrong.isEmpty()) {
      page.line("the server stopped in order in %d ms".formatted(Stage.sinceMs(startNanos)));
    } else {
      findings.differs(wrong);
    }
  }

  private static String sentence(Exception failed) {
    String message = failed.getMessage();
    return message == null ? failed.toString() : message;
  }
}
