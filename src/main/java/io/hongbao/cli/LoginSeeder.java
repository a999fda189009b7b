// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Seeding".
package io.hongbao.cli;

import io.hongbao.client.HongbaoClient;
import io.hongbao.client.HongbaoException;
import java.io.IOException;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes people who can log in by password: as a team does that moves from another system, by giving
 * users of its own numbers a name and a password.
 *
 * <p>Numbers, names and passwords are drawn anew each time, so that nobody is in the way of an
 * earlier seeding and no earlier token ends.
 *
 * <p><b>Thread:</b> one.
 */
final class LoginSeeder {

  /** Numbers from here up to 2^52 are a backend's own, and far from those that are counted. */
  private static final long FIRST_ID = 1L << 51;

  private static final int TOLD_EVERY = 100;

  private final HongbaoClient operator;
  private final PrintStream progress;
  private final SecureRandom chance = new SecureRandom();

  LoginSeeder(HongbaoClient operator, PrintStream progress) {
    // For the audit.
    this.operator = operator.withHeader("Hongbao-Cause", "seed");
    this.progress = progress;
  }

  /** Makes them; their names and passwords. */
  List<Map<String, String>> run(int count)
      throws IOException, HongbaoException, InterruptedException {
    List<Map<String, String>> logins = new ArrayList<>();
    while (logins.size() < count) {
      logins.add(give());
      if (logins.size() % TOLD_EVERY == 0) {
        progress.println("seeded " + logins.size() + " of " + count + " logins");
      }
    }
    return logins;
  }

  private Map<String, String> give() throws IOException, HongbaoException, InterruptedException {
    Map<String, String> login =
        Map.of(
            "user_name", "seed-%012x".formatted(chance.nextLong(1L << 48)),
            "password", "%016x".formatted(chance.nextLong()));
    String path = "/v1/operator/users/" + (FIRST_ID + chance.nextLong(FIRST_ID)) + "/login";
    operator.send("PUT", path, login, null);
    return login;
  }
}
