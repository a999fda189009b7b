// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Acted;
import io.hongbao.engine.Actor;
import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.model.RefusalCode;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that are let in, end, and are taken back. */
class SessionFamilyTest {

  private static final long USER = 10_001;
  private static final long HOUR_MS = 3_600_000L;
  private static final int TOKENS_PER_USER = 3;

  private final SessionDirectory directory = new SessionDirectory();
  private final PartitionHarness harness =
      new PartitionHarness(
          4,
          11,
          SessionFamily.factory(new SessionLimits(TOKENS_PER_USER, 24 * HOUR_MS), directory));
  private final int home = harness.partitionOf(USER);

  private NewToken token(long number, long lifetimeMs) {
    return new NewToken(
        USER, number * 0x9E3779B97F4A7C15L, number, Role.USER, harness.nowMs() + lifetimeMs);
  }

  private NewToken mint(long number, long lifetimeMs) {
    NewToken token = token(number, lifetimeMs);
    harness.ask(home, new MintTokens(List.of(token))).as(SessionAnswer.class);
    return token;
  }

  private Session find(NewToken token) {
    return directory.find(token.hashHigh(), token.hashLow(), harness.nowMs());
  }

  private static RevokeToken revocation(NewToken token) {
    return new RevokeToken(token.userId(), token.hashHigh(), token.hashLow());
  }

  @Test
  void aTokenSpeaksForItsUser() {
    NewToken token = mint(1, HOUR_MS);

    Session session = find(token);

    assertNotNull(session);
    assertEquals(USER, session.userId());
    assertEquals(Role.USER, session.role());
    assertEquals(USER, directory.userOf(token.hashHigh(), token.hashLow(), harness.nowMs()));
    assertEquals(SessionDirectory.NOBODY, directory.userOf(token.hashHigh(), 0, harness.nowMs()));
    assertNull(directory.find(token.hashHigh(), token.hashLow() + 1, harness.nowMs()));
    assertNull(directory.find(token.hashHigh() + 1, token.hashLow(), harness.nowMs()));
    harness.checkRebuild();
  }

  @Test
  void keepsTheRole() {
    NewToken key = new NewToken(USER, 5, 6, Role.OPERATOR, harness.nowMs() + HOUR_MS);
    harness.ask(home, new MintTokens(List.of(key)));
    harness.restartFromSnapshots();

    assertEquals(Role.OPERATOR, find(key).role());
  }

  @Test
  void mintsAThousandAtOnce() {
    List<NewToken> tokens = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      tokens.add(
          new NewToken(USER + 4L * i, (i * 7_919L) << 20, i, Role.USER, harness.nowMs() + HOUR_MS));
    }

    Heard heard = harness.ask(home, new MintTokens(tokens));

    assertEquals(1_000, heard.as(SessionAnswer.class).count());
    assertEquals(1_000, directory.count());
    for (NewToken token : tokens) {
      assertEquals(token.userId(), find(token).userId());
    }
    assertEquals(1, harness.journal(home).records().size());
    int sizeBytes = harness.journal(home).records().getFirst().bytes().capacity();
    assertTrue(sizeBytes <= new MintTokens(tokens).recordBytesMax(), "room was secured");
    harness.checkRebuild();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "9007199254740992, 1", "10001, 0", "10001, -1", "10001, 86400001"})
  void refusesWhatTheContractForbids(long userId, long lifetimeMs) {
    NewToken bad = new NewToken(userId, 1, 1, Role.USER, harness.nowMs() + lifetimeMs);

    Heard heard = harness.ask(home, new MintTokens(List.of(token(1, 1), bad)));

    assertEquals(RefusalCode.MALFORMED_REQUEST, heard.refusal());
    assertEquals(0, directory.count(), "all or nothing");
  }

  @Test
  void refusesNoneAndTooMany() {
    List<NewToken> tooMany = new ArrayList<>();
    for (int i = 0; i <= 1_000; i++) {
      tooMany.add(token(i, 1));
    }

    assertEquals(
        RefusalCode.MALFORMED_REQUEST, harness.ask(home, new MintTokens(List.of())).refusal());
    assertEquals(
        RefusalCode.MALFORMED_REQUEST, harness.ask(home, new MintTokens(tooMany)).refusal());
  }

  @Test
  void keepsTokensOutOfAPartitionThatIsNotTheirs() {
    MintTokens stray = new MintTokens(List.of(token(1, 1)));

    Heard heard = harness.quietly(() -> harness.ask((home + 1) % 4, stray));

    assertEquals(RefusalCode.INTERNAL_ERROR, heard.refusal());
  }

  @Test
  void aTokenIsLetInWhenItIsDurableAndBeforeTheAnswer() {
    NewToken token = token(1, HOUR_MS);
    boolean[] foundAtAnswer = new boolean[1];
    harness
        .core(home)
        .submit(
            new MintTokens(List.of(token)),
            (answer, position, repeated) -> foundAtAnswer[0] = find(token) != null);
    harness.core(home).release(0);
    assertNull(find(token), "a crash could take it back");

    harness.force(home);

    assertTrue(foundAtAnswer[0]);
  }

  @Test
  void aRevokedTokenIsGoneBeforeTheAnswer() {
    NewToken token = mint(1, HOUR_MS);
    boolean[] foundAtAnswer = {true};
    harness
        .core(home)
        .submit(
            revocation(token),
            (answer, position, repeated) -> foundAtAnswer[0] = find(token) != null);

    harness.force(home);

    assertEquals(false, foundAtAnswer[0]);
    assertNull(find(token));
    harness.checkRebuild();
  }

  @Test
  void anotherRevocationWaitsForTheFirst() {
    NewToken token = mint(1, HOUR_MS);
    long durable = harness.journal(home).durable();
    harness.submit(home, revocation(token));

    Heard second = harness.submit(home, revocation(token));
    harness.core(home).release(durable);

    assertTrue(second.isSilent(), "a crash would bring the token back");
    harness.force(home);
    assertEquals(0, second.as(SessionAnswer.class).count());
  }

  // Two parts of one decision each told the audit; the second one stopped the whole server.
  @Test
  void anOperatorsRevocationIsAuditedOnce() {
    mint(1, HOUR_MS);
    mint(2, HOUR_MS);
    Actor root = new Actor(0, "root", "POST /v1/operator/tokens/revoke", "lost phone");

    assertEquals(
        2, harness.ask(home, new Acted(new RevokeAll(USER), root)).as(SessionAnswer.class).count());
  }

  @Test
  void revokesOneOrAll() {
    NewToken first = mint(1, HOUR_MS);
    NewToken second = mint(2, HOUR_MS);
    NewToken third = mint(3, HOUR_MS);

    assertEquals(1, harness.ask(home, revocation(second)).as(SessionAnswer.class).count());
    assertNotNull(find(first));
    assertNull(find(second));
    assertEquals(2, harness.ask(home, new RevokeAll(USER)).as(SessionAnswer.class).count());
    assertNull(find(first));
    assertNull(find(third));
    assertEquals(0, directory.count());
    assertEquals(0, harness.ask(home, new RevokeAll(USER)).as(SessionAnswer.class).count());
    harness.checkRebuild();
  }

  @Test
  void aTokenEndsAtItsTimeEvenBeforeTheTimer() {
    NewToken token = mint(1, HOUR_MS);

    harness.clock().advance(HOUR_MS - 1);
    assertNotNull(find(token));
    harness.clock().advance(1);

    assertNull(find(token));
    assertEquals(1, directory.count());
    harness.settle();
    assertEquals(0, directory.count());
    harness.checkRebuild();
  }

  @Test
  void forgetsOnlyWhatHasExpired() {
    NewToken brief = mint(1, HOUR_MS);
    NewToken lasting = mint(2, 2 * HOUR_MS);

    harness.advance(HOUR_MS);

    assertNull(find(brief));
    assertNotNull(find(lasting));
    harness.restartFromSnapshots();
    harness.advance(HOUR_MS);
    assertEquals(0, directory.count());
  }

  @Test
  void mintingAgainGivesTheTokenItsNewEnd() {
    mint(1, HOUR_MS);
    NewToken again = mint(1, 5 * HOUR_MS);

    harness.advance(2 * HOUR_MS);

    assertNotNull(find(again));
    assertEquals(1, directory.count());
    harness.checkRebuild();
  }

  @Test
  void oneTokenTooManyEndsTheOneThatWouldExpireFirst() {
    NewToken lasting = mint(1, 4 * HOUR_MS);
    NewToken brief = mint(2, HOUR_MS);
    NewToken middle = mint(3, 2 * HOUR_MS);

    NewToken fourth = mint(4, 3 * HOUR_MS);

    assertNull(find(brief));
    assertNotNull(find(lasting));
    assertNotNull(find(middle));
    assertNotNull(find(fourth));
    harness.checkRebuild();
  }

  @Test
  void tokensOfOneCommandMayEndOneAnother() {
    List<NewToken> tokens = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      tokens.add(token(i, i * HOUR_MS));
    }
    tokens.add(token(1, 9 * HOUR_MS));

    harness.ask(home, new MintTokens(tokens));

    assertNotNull(find(token(1, 0)));
    assertNull(find(token(2, 0)));
    assertNull(find(token(3, 0)));
    assertNotNull(find(token(4, 0)));
    assertNotNull(find(token(5, 0)));
    assertEquals(TOKENS_PER_USER, directory.count());
    harness.checkRebuild();
  }

  @Test
  void aFreshProcessKnowsAllTokens() {
    NewToken token = mint(1, HOUR_MS);
    SessionDirectory fresh = new SessionDirectory();
    PartitionHarness restarted =
        new PartitionHarness(4, 11, SessionFamily.factory(SessionLimits.defaults(), fresh));

    restarted.startFrom(harness);

    assertNotNull(fresh.find(token.hashHigh(), token.hashLow(), harness.nowMs()));
  }
}
