// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Seeding".
package io.hongbao.cli;

import io.hongbao.client.HongbaoClient;
import io.hongbao.client.HongbaoException;
import io.hongbao.client.Reply;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Registers people who can log in by password: as they would themselves, with a code by SMS, which
 * an operator can read on a sandbox.
 *
 * <p>Names, phones and passwords are drawn anew each time, so that nobody is in the way of an
 * earlier seeding. Fewer than wanted is no failure: codes are few for one address.
 *
 * <p><b>Thread:</b> one.
 */
final class LoginSeeder {

  private static final String DEVICE = "seed";

  private final HongbaoClient operator;
  private final HongbaoClient anybody;
  private final PrintStream progress;
  private final SecureRandom chance = new SecureRandom();

  LoginSeeder(HongbaoClient operator, HongbaoClient anybody, PrintStream progress) {
    this.operator = operator;
    this.anybody = anybody;
    this.progress = progress;
  }

  /** Registers them; their names and passwords. */
  List<Map<String, String>> run(int count)
      throws IOException, HongbaoException, InterruptedException {
    List<Map<String, String>> logins = new ArrayList<>();
    if (count == 0 || !operator.get("/v1/time").flag("sandbox")) {
      return logins;
    }
    try {
      while (logins.size() < count) {
        logins.add(register());
      }
    } catch (HongbaoException refused) {
      progress.println("%d of %d logins: %s".formatted(logins.size(), count, refused.getMessage()));
    }
    return logins;
  }

  private Map<String, String> register()
      throws IOException, HongbaoException, InterruptedException {
    // 999 is no country's code.
    String phone = "+999%011d".formatted(chance.nextLong(100_000_000_000L));
    String userName = "seed-%012x".formatted(chance.nextLong(1L << 48));
    String password = "seed-%016x".formatted(chance.nextLong());
    anybody.post("/v1/auth/sms-codes", Map.of("phone", phone, "purpose", "register"));
    Reply sent =
        operator.get(
            "/v1/sandbox/sms-messages?phone=" + URLEncoder.encode(phone, StandardCharsets.UTF_8));
    anybody.post(
        "/v1/users",
        Map.of(
            "user_name", userName,
            "password", password,
            "phone", phone,
            "code", String.valueOf(sent.items("items").getFirst().get("code")),
            "device", DEVICE));
    return Map.of("user_name", userName, "password", password);
  }
}
