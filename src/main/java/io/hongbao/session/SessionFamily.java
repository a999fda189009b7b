// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import io.hongbao.engine.Command;
import io.hongbao.engine.Decision;
import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.engine.Family;
import io.hongbao.engine.Stamp;
import io.hongbao.engine.snapshot.SnapshotInput;
import io.hongbao.engine.snapshot.SnapshotOutput;
import io.hongbao.model.Check;
import io.hongbao.session.SessionCommand.CloseLogin;
import io.hongbao.session.SessionCommand.CloseOthers;
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.OpenLogin;
import io.hongbao.session.SessionCommand.ReadLogins;
import io.hongbao.session.SessionCommand.RefreshLogin;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;

/** Sessions inside one partition, and their way into the directory of the process. */
public final class SessionFamily implements Family {

  private static final int SNAPSHOT_VERSION = 2;

  /** Knew no logins. */
  private static final int FIRST_VERSION = 1;

  private final Sessions state;
  private final SessionCodec codec = new SessionCodec();
  private final SessionApplier applier;
  private final SessionDesk desk;
  private final LoginDesk logins;
  private final SessionDirectory directory;

  private SessionFamily(
      Sessions state, SessionLimits limits, SessionDirectory directory, TokenSmith smith) {
    this.state = state;
    this.applier = new SessionApplier(state);
    this.logins = new LoginDesk(state, limits, directory, smith);
    this.desk = new SessionDesk(state, limits, directory, logins);
    this.directory = directory;
  }

  /** The line of wiring, with the documented limits. */
  public static Family.Factory factory(SessionDirectory directory) {
    return factory(SessionLimits.defaults(), directory);
  }

  /** The line of wiring where nobody logs in; one directory for all partitions. */
  public static Family.Factory factory(SessionLimits limits, SessionDirectory directory) {
    return factory(limits, directory, new TokenSmith(new byte[] {0}));
  }

  /**
   * The line of wiring; one directory for all partitions of the process.
   *
   * @param smith makes the tokens of logins; replay needs none
   */
  public static Family.Factory factory(
      SessionLimits limits, SessionDirectory directory, TokenSmith smith) {
    return parts -> new SessionFamily(new Sessions(parts), limits, directory, smith);
  }

  public Sessions state() {
    return state;
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    switch ((SessionCommand) command) {
      case MintTokens c -> desk.mint(c, decision);
      case RevokeToken c -> desk.revoke(c, decision);
      case RevokeAll c -> desk.revokeAll(c, decision);
      case CloseOthers c -> desk.closeOthers(c, decision);
      case OpenLogin c -> logins.open(c, decision);
      case RefreshLogin c -> logins.refresh(c, decision);
      case CloseLogin c -> logins.close(c, decision);
      case ReadLogins c -> logins.read(c, decision);
    }
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    applier.apply((SessionEvent) event, stamp);
  }

  @Override
  public void timer(int kind, long id, Decision decision) {
    switch (kind) {
      case SessionApplier.TIMER_EXPIRY -> desk.expiryTimer(id, decision);
      case SessionApplier.TIMER_LOGIN -> logins.expiryTimer(id, decision);
      default -> throw new IllegalArgumentException("kind of a session's timer: " + kind);
    }
  }

  @Override
  public void activated() {
    state.forEach(
        token ->
            directory.put(
                token.userId(),
                token.hashHigh(),
                token.hashLow(),
                token.role(),
                token.expiresAtMs()));
    state
        .logins()
        .forEach(
            login -> {
              directory.put(login, login.access());
              directory.put(login, login.previous());
            });
  }

  @Override
  public void save(SnapshotOutput out) {
    out.putInt(SNAPSHOT_VERSION);
    out.putInt(state.tokenCount());
    state.forEach(
        token -> {
          out.putLong(token.userId());
          out.putLong(token.hashHigh());
          out.putLong(token.hashLow());
          out.putByte(token.role().number());
          out.putLong(token.expiresAtMs());
          out.putLong(token.position());
        });
    out.putInt(state.loginCount());
    state.logins().forEach(login -> save(login, out));
  }

  private static void save(Login login, SnapshotOutput out) {
    out.putLong(login.userId());
    out.putLong(login.sessionId());
    out.putInt(login.generation());
    save(login.access(), out);
    save(login.previous(), out);
    out.putLong(login.refreshedAtMs());
    out.putLong(login.expiresAtMs());
    out.putLong(login.createdAtMs());
    out.putText(login.device());
    out.putLong(login.position());
  }

  private static void save(Login.Access access, SnapshotOutput out) {
    out.putLong(access.hashHigh());
    out.putLong(access.hashLow());
    out.putLong(access.expiresAtMs());
  }

  @Override
  public void load(SnapshotInput in) {
    int version = in.getInt();
    Check.that(
        version == FIRST_VERSION || version == SNAPSHOT_VERSION,
        "version of the sessions' snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      applier.enter(
          new Token(
              in.getLong(),
              in.getLong(),
              in.getLong(),
              Role.ofNumber(in.getByte()),
              in.getLong(),
              in.getLong()));
    }
    if (version == FIRST_VERSION) {
      return;
    }
    for (int i = in.getInt(); i > 0; i--) {
      applier.enter(
          new Login(
              in.getLong(),
              in.getLong(),
              in.getInt(),
              access(in),
              access(in),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getText(),
              in.getLong()));
    }
  }

  private static Login.Access access(SnapshotInput in) {
    return new Login.Access(in.getLong(), in.getLong(), in.getLong());
  }
}
