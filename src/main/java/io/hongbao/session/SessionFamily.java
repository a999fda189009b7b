// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.PartitionParts;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.model.Check;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.NewToken;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;
import io.hongbao.session.SessionEvent.TokenEnded;
import io.hongbao.session.SessionEvent.TokenMinted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tokens of the users of one partition. */
public final class SessionFamily implements Family {

  private static final int VERSION = 1;
  private static final int TIMER_EXPIRY = 1;

  private final PartitionParts parts;
  private final SessionDirectory directory;
  private final SessionCodec codec = new SessionCodec();
  private final Map<TokenHash, Token> tokens = new HashMap<>();

  private SessionFamily(PartitionParts parts, SessionDirectory directory) {
    this.parts = parts;
    this.directory = directory;
  }

  /** The line of wiring. */
  public static Family.Factory factory(SessionDirectory directory) {
    return parts -> new SessionFamily(parts, directory);
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    switch ((SessionCommand) command) {
      case MintTokens c -> mint(c, decision);
      case RevokeToken c -> {
        Token token = tokens.get(new TokenHash(c.hashHigh(), c.hashLow()));
        boolean isHis = token != null && token.userId() == c.userId();
        end(isHis ? List.of(Check.present(token, "token")) : List.of(), decision);
      }
      case RevokeAll c ->
          end(
              tokens.values().stream().filter(token -> token.userId() == c.userId()).toList(),
              decision);
    }
  }

  private void mint(MintTokens command, Decision decision) {
    List<Token> minted = new ArrayList<>();
    for (NewToken token : command.tokens()) {
      TokenHash hash = new TokenHash(token.hashHigh(), token.hashLow());
      // 2^-128 for two random tokens; a caller that repeats one gets it once.
      if (!tokens.containsKey(hash)) {
        decision.emit(
            new TokenMinted(
                token.userId(), token.hashHigh(), token.hashLow(), token.expiresAtMs()));
        minted.add(Check.present(tokens.get(hash), "minted token"));
      }
    }
    if (!minted.isEmpty()) {
      decision.publish(() -> minted.forEach(this::publish));
    }
    decision.answer(new SessionAnswer(minted.size()));
  }

  // It may have been revoked while its record was on the way to the disk.
  private void publish(Token token) {
    if (tokens.containsKey(token.hash())) {
      directory.add(token);
    }
  }

  // The directory forgets a token at once, before the record is durable: a crash may bring a
  // token back that nobody was told is gone, never the other way round.
  private void end(List<Token> ended, Decision decision) {
    for (Token token : ended) {
      directory.remove(token.hash());
      decision.emit(new TokenEnded(token.userId(), token.hashHigh(), token.hashLow()));
    }
    decision.answer(new SessionAnswer(ended.size()));
  }

  @Override
  public void timer(int kind, long userId, Decision decision) {
    for (Token token : List.copyOf(tokens.values())) {
      if (token.userId() == userId && decision.nowMs() >= token.expiresAtMs()) {
        directory.remove(token.hash());
        decision.emit(new TokenEnded(userId, token.hashHigh(), token.hashLow()));
      }
    }
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    switch ((SessionEvent) event) {
      case TokenMinted e ->
          put(
              new Token(
                  e.userId(), e.hashHigh(), e.hashLow(), e.expiresAtMs(), stamp.position()));
      case TokenEnded e -> {
        Token token =
            Check.present(tokens.remove(new TokenHash(e.hashHigh(), e.hashLow())), "token");
        parts.stateHash().remove(token.digest());
      }
    }
  }

  private void put(Token token) {
    Check.that(tokens.put(token.hash(), token) == null, "a token is minted once");
    parts.stateHash().add(token.digest());
    parts
        .timers()
        .set(token.expiresAtMs(), SessionCodec.SCHEMA_ID, TIMER_EXPIRY, token.userId());
  }

  @Override
  public void activated() {
    tokens.values().forEach(directory::add);
  }

  @Override
  public void save(SnapshotOutput output) {
    output.putInt(VERSION);
    output.putInt(tokens.size());
    for (Token token : tokens.values()) {
      output.putLong(token.userId());
      output.putLong(token.hashHigh());
      output.putLong(token.hashLow());
      output.putLong(token.expiresAtMs());
      output.putLong(token.position());
    }
  }

  @Override
  public void load(SnapshotInput input) {
    Check.equal(input.getInt(), VERSION, "version of the sessions' snapshot");
    for (int i = input.getInt(); i > 0; i--) {
      put(
          new Token(
              input.getLong(),
              input.getLong(),
              input.getLong(),
              input.getLong(),
              input.getLong()));
    }
  }
}
