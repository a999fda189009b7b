// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.List;

/** Makes the people, their money and their room. */
final class SeedChapter implements Chapter {

  static final long FUND_MINOR = 200_00;

  @Override
  public String title(Stage stage) {
    return "%d people with %s each".formatted(stage.options.userCount(), Money.text(FUND_MINOR));
  }

  @Override
  public void play(Stage stage) throws Exception {
    int userCount = stage.options.userCount();
    long startNanos = System.nanoTime();
    List<User> people = stage.client.seedUsers(Stage.FIRST_USER_ID, userCount, FUND_MINOR);
    stage.findings.same("number of seeded users", userCount, people.size());
    people.forEach(user -> stage.ledger.funded(user.id(), FUND_MINOR));
    stage.setPeople(people);
    long memberCount = stage.client.createRoom(Stage.ROOM_ID, people);
    stage.findings.same("members of the room", (long) userCount, memberCount);
    long tookMs = Stage.sinceMs(startNanos);

    TrialBalance trial = stage.awaitSettled();
    stage.findings.sameMoney(
        "the sum of all users' balances",
        stage.ledger.allBalancesMinor(),
        trial.money().kindMinor("user"));
    stage.page.line(
        "users %s to %s have tokens and %s in all; room %s has %d members (%d ms)"
            .formatted(
                people.getFirst().id(),
                people.getLast().id(),
                Money.text(trial.money().kindMinor("user")),
                Stage.ROOM_ID,
                memberCount,
                tookMs));
  }
}
