// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.LoginAnswer.AllShown;
import io.hongbao.session.LoginAnswer.Closed;
import io.hongbao.session.LoginAnswer.Pair;
import io.hongbao.session.LoginAnswer.Shown;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.CloseOthers;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import io.hongbao.session.SessionCommand.OpenLogin;
import io.hongbao.session.SessionCommand.ReadLogins;
import io.hongbao.session.SessionCommand.RefreshLogin;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Pairs of tokens that replace one another, and what becomes of the old ones. */
class LoginTest {

  private static final long USER = 10_001;
  private static final long ACCESS_MS = 900_000;
  private static final long REFRESH_MS = 30L * 86_400_000;
  private static final int DEVICES = 3;

  private final SessionDirectory directory = new SessionDirectory();
  private final TokenSmith smith = new TokenSmith(new byte[] {1, 2, 3});
  private final PartitionHarness harness =
      new PartitionHarness(
          4,
          12,
          SessionFamily.factory(
              SessionLimits.defaults().withLogins(DEVICES, ACCESS_MS, REFRESH_MS),
              directory,
              smith));

  private Pair open(String device) {
    return harness.askOwner(USER, new OpenLogin(USER, device)).as(Pair.class);
  }

  private Heard refresh(String token) {
    return harness.askOwner(USER, new RefreshLogin(smith.read(token)));
  }

  private Pair refreshed(String token) {
    return refresh(token).as(Pair.class);
  }

  private Session find(String accessToken) {
    Login.Access hash = TokenSmith.hashed(accessToken, 0);
    return directory.find(hash.hashHigh(), hash.hashLow(), harness.nowMs());
  }

  private List<Shown> shown() {
    return harness.askOwner(USER, new ReadLogins(USER)).as(AllShown.class).logins();
  }

  @Test
  void aLoginLetsItsAccessTokenInUntilItsEnd() {
    Pair pair = open("phone");

    Session session = find(pair.accessToken());
    assertEquals(USER, session.userId());
    assertEquals(pair.sessionId(), session.sessionId());
    assertEquals(harness.nowMs() + ACCESS_MS, pair.accessExpiresAtMs());
    harness.advance(ACCESS_MS);
    assertNull(find(pair.accessToken()));
    harness.checkRebuild();
  }

  @Test
  void aRefreshGivesANewPairAndTheOldAccessTokenLivesOn() {
    Pair first = open("phone");

    Pair second = refreshed(first.refreshToken());

    assertFalse(second.isRepeat());
    assertNotEquals(first.accessToken(), second.accessToken());
    assertNotNull(find(first.accessToken()));
    assertNotNull(find(second.accessToken()));
    Pair third = refreshed(second.refreshToken());
    assertNull(find(first.accessToken()), "two generations old");
    assertNotNull(find(third.accessToken()));
    harness.checkRebuild();
  }

  @Test
  void theReplacedTokenGetsTheSamePairForTenSeconds() {
    Pair first = open("phone");
    Pair second = refreshed(first.refreshToken());

    harness.advance(SessionLimits.REPEAT_MS);
    Pair again = refreshed(first.refreshToken());

    assertTrue(again.isRepeat());
    assertEquals(second.accessToken(), again.accessToken());
    assertEquals(second.refreshToken(), again.refreshToken());
    assertEquals(second.accessExpiresAtMs(), again.accessExpiresAtMs());
  }

  @Test
  void twoAtOnceGetTheSamePairAlsoBeforeAnythingIsDurable() {
    Pair first = open("phone");
    int home = harness.partitionOf(USER);

    Heard one = harness.submit(home, new RefreshLogin(smith.read(first.refreshToken())));
    Heard two = harness.submit(home, new RefreshLogin(smith.read(first.refreshToken())));
    assertTrue(one.isSilent() && two.isSilent());
    harness.settle();

    assertEquals(one.as(Pair.class).refreshToken(), two.as(Pair.class).refreshToken());
  }

  @Test
  void theReplacedTokenClosesTheLoginAfterTenSeconds() {
    Pair first = open("phone");
    Pair second = refreshed(first.refreshToken());
    harness.advance(SessionLimits.REPEAT_MS + 1);

    assertEquals(RefusalCode.REFRESH_REUSED, refresh(first.refreshToken()).refusal());

    assertNull(find(second.accessToken()));
    assertEquals(RefusalCode.UNAUTHENTICATED, refresh(second.refreshToken()).refusal());
    harness.checkRebuild();
  }

  @Test
  void theReplacedTokenClosesTheLoginOnceItsSuccessorIsUsed() {
    Pair first = open("phone");
    Pair second = refreshed(first.refreshToken());
    refreshed(second.refreshToken());

    assertEquals(RefusalCode.REFRESH_REUSED, refresh(first.refreshToken()).refusal());
    assertEquals(List.of(), shown());
  }

  @Test
  void aCrashForgetsNoGeneration() {
    Pair first = open("phone");
    Pair second = refreshed(first.refreshToken());
    harness.crash();

    assertEquals(second.refreshToken(), refreshed(first.refreshToken()).refreshToken());
    assertNotNull(find(second.accessToken()));
    harness.restartFromSnapshots();
    assertNotNull(find(second.accessToken()));
    refreshed(second.refreshToken());
  }

  @Test
  void onlyGenuineRefreshTokensNameAPlace() {
    Pair pair = open("phone");
    String token = pair.refreshToken();

    assertEquals(new TokenSmith.RefreshPlace(USER, pair.sessionId(), 1), smith.read(token));
    assertNull(smith.read(pair.accessToken()));
    assertNull(smith.read("hbr_"));
    assertNull(smith.read("hbr_%%%"));
    char last = token.charAt(10);
    String forged = token.substring(0, 10) + (last == 'A' ? 'B' : 'A') + token.substring(11);
    assertNull(smith.read(forged));
    assertNull(new TokenSmith(new byte[] {9}).read(token), "another key");
    assertFalse(pair.toString().contains("hb"));
  }

  @Test
  void oneDeviceTooManyEndsTheOneThatWasSilentLongest() {
    Pair first = open("1");
    harness.advance(1);
    Pair second = open("2");
    harness.advance(1);
    open("3");
    harness.advance(1);
    refreshed(first.refreshToken());
    harness.advance(1);

    open("4");

    assertEquals(DEVICES, shown().size());
    assertNull(find(second.accessToken()));
    assertNotNull(find(first.accessToken()));
    harness.checkRebuild();
  }

  @Test
  void devicesAreShownTheNewestFirstAndEndedOneByOne() {
    open("old");
    harness.advance(5);
    Pair current = open("new");

    assertEquals(List.of("new", "old"), shown().stream().map(Shown::device).toList());

    long old = shown().get(1).sessionId();
    CloseLogin close = new CloseLogin(USER, old, CloseCause.REMOTE);
    assertEquals(1, harness.askOwner(USER, close).as(Closed.class).count());
    assertEquals(0, harness.askOwner(USER, close).as(Closed.class).count());
    assertEquals(1, shown().size());
    assertNotNull(find(current.accessToken()));
  }

  @Test
  void anotherPasswordLeavesTheDeviceAloneThatChangedIt() {
    Pair kept = open("1");
    Pair other = open("2");

    harness.askOwner(USER, new CloseOthers(USER, kept.sessionId(), CloseCause.PASSWORD));

    assertNotNull(find(kept.accessToken()));
    assertNull(find(other.accessToken()));
  }

  @Test
  void everywhereEndsLoginsAndMintedTokens() {
    Pair login = open("1");
    NewToken minted = new NewToken(USER, 5, 6, harness.nowMs() + 1_000);
    harness.askOwner(USER, new MintTokens(List.of(minted)));

    Heard heard = harness.askOwner(USER, new RevokeAll(USER, CloseCause.EVERYWHERE));

    assertEquals(2, heard.as(SessionAnswer.class).count());
    assertNull(find(login.accessToken()));
    assertEquals(0, directory.count());
    harness.checkRebuild();
  }

  @Test
  void aLoginThatIsNotRefreshedEnds() {
    open("1");

    harness.advance(REFRESH_MS);

    assertEquals(0, directory.count());
    assertEquals(List.of(), shown());
    harness.checkRebuild();
  }

  // A stream must be over before whoever ended its session is told that it has ended.
  @Test
  void whoWatchesASessionHearsItsEndBeforeWhoEndedIt() {
    AtomicInteger ends = new AtomicInteger();
    Pair pair = open("1");
    directory.watch(find(pair.accessToken()), harness.nowMs(), ends::incrementAndGet);
    Pair next = refreshed(pair.refreshToken());
    Pair other = open("2");
    refreshed(refreshed(next.refreshToken()).refreshToken());
    harness.askOwner(USER, new CloseLogin(USER, other.sessionId(), CloseCause.LOGOUT));
    assertEquals(0, ends.get(), "another pair, another login: the session goes on");

    int home = harness.partitionOf(USER);
    Heard heard = harness.submit(home, new CloseLogin(USER, pair.sessionId(), CloseCause.LOGOUT));
    assertEquals(0, ends.get(), "not durable yet");
    harness.journal(home).force();
    harness.core(home).release(harness.journal(home).durable());

    assertFalse(heard.isSilent());
    assertEquals(1, ends.get());
    assertEquals(0, directory.watchedCount());
  }

  @Test
  void whoWatchesWhatHasJustEndedHearsSoAtOnce() {
    AtomicInteger ends = new AtomicInteger();
    Pair pair = open("1");
    Session session = find(pair.accessToken());
    harness.askOwner(USER, new RevokeAll(USER));

    directory.watch(session, harness.nowMs(), ends::incrementAndGet);

    assertEquals(1, ends.get());
    assertEquals(0, directory.watchedCount());
  }

  @Test
  void whoLeavesHearsNothing() {
    AtomicInteger ends = new AtomicInteger();
    NewToken minted = new NewToken(USER, 5, 6, harness.nowMs() + 1_000);
    harness.askOwner(USER, new MintTokens(List.of(minted)));
    Session session = directory.find(5, 6, harness.nowMs());
    SessionWatch left = directory.watch(session, harness.nowMs(), ends::incrementAndGet);
    directory.watch(session, harness.nowMs(), () -> ends.addAndGet(100));

    left.close();
    harness.askOwner(USER, new RevokeToken(USER, 5, 6));

    assertEquals(100, ends.get());
  }
}
