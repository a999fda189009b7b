// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/** Adds up everything, in the server's books and in ours. */
final class BooksChapter implements Chapter {

  @Override
  public String title(Stage stage) {
    return "The books";
  }

  @Override
  public void play(Stage stage) throws Exception {
    int differencesBefore = stage.findings.count();
    TrialBalance trial = stage.awaitSettled();
    stage.findings.holds(trial.balanced(), "the server says that its books do not balance");
    trial.unbalanced().forEach(place -> stage.findings.differs("partition sums to " + place));
    for (Map.Entry<String, TrialBalance.Sums> asset : trial.sums().entrySet()) {
      stage.findings.same("sum of all " + asset.getKey(), 0L, asset.getValue().totalMinor());
    }
    stage.findings.same("transfers on their way", 0L, trial.inFlightCount());
    TrialBalance.Sums sums = trial.money();
    stage.findings.sameMoney(
        "money in balances", stage.ledger.allBalancesMinor(), sums.kindMinor("user"));
    stage.findings.sameMoney(
        "money in packets", stage.ledger.inPacketsMinor(), sums.kindMinor("escrow"));

    List<Callable<Boolean>> checks = new ArrayList<>();
    for (User user : stage.people()) {
      checks.add(() -> check(stage, user));
    }
    long right = Crowd.atOnce(Stage.AT_ONCE_MAX, checks).stream().filter(ok -> ok).count();
    stage.page.line(
        "%d of %d balances are what was sent, opened and returned, recomputed from the answers"
            .formatted(right, checks.size()));
    stage.page.table(table(sums));
    stage.lineIfRight(
        differencesBefore,
        "trial balance over %d partitions: %s, nothing in flight"
            .formatted(trial.partitions(), Money.text(sums.totalMinor())));
  }

  private static boolean check(Stage stage, User user) throws Exception {
    Told.Balance balance = stage.client.balance(user.id());
    long expectedMinor = stage.ledger.balanceMinor(user.id());
    stage.findings.sameMoney("balance of " + user, expectedMinor, balance.balanceMinor());
    stage.findings.sameMoney("money held of " + user, 0, balance.heldMinor());
    return balance.balanceMinor() == expectedMinor;
  }

  private static TextTable table(TrialBalance.Sums sums) {
    TextTable table =
        new TextTable()
            .column("accounts", TextTable.Align.LEFT)
            .column("sum", TextTable.Align.RIGHT);
    sums.byKindMinor().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(kind -> table.row(kind.getKey(), Money.text(kind.getValue())));
    return table.row("all", Money.text(sums.totalMinor()));
  }
}
