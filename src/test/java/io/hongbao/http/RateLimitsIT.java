// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.config.Settings;
import io.hongbao.provider.pay.NoticeSigner;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Each caller has a quota of its own in each class, and money is not kept waiting by it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitsIT {

  private TestServer server;
  private Api api;
  private List<String> users;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    server =
        TestServer.start(
            directory,
            Map.of(
                Settings.DATA_SANDBOX, "true",
                Settings.HTTP_TRUSTED_PROXIES, "127.0.0.0/8",
                Settings.HTTP_RATE_LIMITS,
                    "read:5/60s,write:3/60s,list:2/60s,key:off,address:4/60s,failure:3/60s"));
    api = server.api();
    users = api.users(10_001, 8, 1000);
  }

  @AfterAll
  void stop() throws Exception {
    server.close();
  }

  private Api.Reply me(String token) {
    return api.get("/v1/accounts/me").as(token).send();
  }

  @Test
  void aUserWhoAsksTooMuchWaitsAndOthersDoNot() {
    for (int left = 4; left >= 0; left--) {
      Api.Reply reply = me(users.get(0)).expect(200);
      assertEquals("\"read\";q=5;w=60", reply.header("RateLimit-Policy"));
      assertTrue(
          String.valueOf(reply.header("RateLimit")).startsWith("\"read\";r=" + left + ";t="));
    }

    Api.Reply refused = me(users.get(0)).expect(429, "rate_limited");

    assertEquals("after", refused.body().getString("retry"));
    long waitMs = refused.body().getLong("retry_after_ms");
    assertTrue(waitMs > 0 && waitMs <= 12_000, () -> "waits " + waitMs);
    assertEquals(
        Long.toString(Math.ceilDiv(waitMs, 1000)), String.valueOf(refused.header("Retry-After")));
    assertTrue(String.valueOf(refused.header("RateLimit")).startsWith("\"read\";r=0;t="));
    me(users.get(1)).expect(200);
  }

  // Each token had a quota of its own, and a user may have fifty.
  @Test
  void moreTokensAreNoMoreQuota() {
    String other = api.users(10_005, 1, 1).getFirst();
    for (int left = 4; left >= 0; left--) {
      Api.Reply reply = me(left % 2 == 0 ? other : users.get(4)).expect(200);
      assertTrue(
          String.valueOf(reply.header("RateLimit")).startsWith("\"read\";r=" + left + ";t="));
    }

    me(other).expect(429, "rate_limited");
    me(users.get(4)).expect(429, "rate_limited");
    for (int neighbour : new int[] {5, 6}) {
      String token = users.get(neighbour);
      assertTrue(
          String.valueOf(me(token).expect(200).header("RateLimit")).startsWith("\"read\";r=4"));
      Api.Reply write = api.open(token, "1204540170000042317").expect(404);
      assertTrue(String.valueOf(write.header("RateLimit")).startsWith("\"write\";r=2"));
    }
  }

  @Test
  void readingWritingAndListingAreCountedApart() {
    String token = users.get(2);
    String list = "/v1/red-packets/sent";
    for (int i = 0; i < 2; i++) {
      Api.Reply page = api.get(list).as(token).send().expect(200);
      assertEquals("\"list\";q=2;w=60", page.header("RateLimit-Policy"));
    }
    api.get(list).as(token).send().expect(429, "rate_limited");
    for (int i = 0; i < 3; i++) {
      // Refused by its rule, and counted all the same.
      api.open(token, "1204540170000042317").expect(404);
    }
    api.open(token, "1204540170000042317").expect(429, "rate_limited");
    me(token).expect(200);
  }

  @Test
  void aKeyHasNoQuotaUnlessItIsGivenOne() {
    for (int i = 0; i < 20; i++) {
      Api.Reply reply =
          api.get("/v1/operator/accounts/10001").as(api.operatorKey()).send().expect(200);
      assertNull(reply.header("RateLimit"));
    }
  }

  @Test
  void whoSaysNothingIsCountedByAddress() {
    for (int i = 0; i < 4; i++) {
      time("198.51.100.7").expect(200);
    }

    time("198.51.100.7").expect(429, "rate_limited");
    time("203.0.113.9, 198.51.100.7").expect(429, "rate_limited");
    time("198.51.100.8").expect(200);
    // Of IPv6 the network counts.
    for (int i = 0; i < 4; i++) {
      time("2001:db8:1:2::" + i).expect(200);
    }
    time("2001:db8:1:2:ffff::1").expect(429, "rate_limited");
    time("2001:db8:1:3::1").expect(200);
  }

  private Api.Reply time(String address) {
    return api.get("/v1/time").header("X-Forwarded-For", address).send();
  }

  @Test
  void guessingTokensIsSlow() {
    for (int i = 0; i < 3; i++) {
      guess("192.0.2.1").expect(401, "unauthenticated");
    }

    guess("192.0.2.1").expect(429, "rate_limited");
    guess("192.0.2.2").expect(401, "unauthenticated");
    // A good token from there is as good as ever.
    api.get("/v1/accounts/me")
        .header("X-Forwarded-For", "192.0.2.1")
        .as(users.get(3))
        .send()
        .expect(200);
  }

  private Api.Reply guess(String address) {
    return api.get("/v1/accounts/me").header("X-Forwarded-For", address).as("hbu_no").send();
  }

  @Test
  void aProvidersNoticesAreNeverTooMany() {
    for (int i = 0; i < 20; i++) {
      Api.Reply reply =
          api.post("/v1/providers/sim/notices")
              .header("X-Forwarded-For", "192.0.2.9")
              .header(NoticeSigner.HEADER, "t=1,v1=00")
              .header("Content-Type", "application/json")
              .sendText("{}");
      assertEquals(401, reply.status());
      assertNull(reply.header("RateLimit"));
    }
  }
}
