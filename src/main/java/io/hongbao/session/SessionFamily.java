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
import io.hongbao.session.SessionCommand.MintTokens;
import io.hongbao.session.SessionCommand.RevokeAll;
import io.hongbao.session.SessionCommand.RevokeToken;

/** Sessions inside one partition, and their way into the directory of the process. */
public final class SessionFamily implements Family {

  private static final int SNAPSHOT_VERSION = 1;

  private final Sessions state;
  private final SessionCodec codec = new SessionCodec();
  private final SessionApplier applier;
  private final SessionDesk desk;
  private final SessionDirectory directory;

  private SessionFamily(Sessions state, SessionLimits limits, SessionDirectory directory) {
    this.state = state;
    this.applier = new SessionApplier(state);
    this.desk = new SessionDesk(state, limits, directory);
    this.directory = directory;
  }

  /** The line of wiring, with the documented limits. */
  public static Family.Factory factory(SessionDirectory directory) {
    return factory(SessionLimits.defaults(), directory);
  }

  /** The line of wiring; one directory for all partitions of the process. */
  public static Family.Factory factory(SessionLimits limits, SessionDirectory directory) {
    return parts -> new SessionFamily(new Sessions(parts), limits, directory);
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
    }
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    applier.apply((SessionEvent) event, stamp);
  }

  @Override
  public void timer(int kind, long id, Decision decision) {
    Check.equal(kind, SessionApplier.TIMER_EXPIRY, "kind of a session's timer");
    desk.expiryTimer(id, decision);
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
  }

  @Override
  public void load(SnapshotInput in) {
    Check.equal(in.getInt(), SNAPSHOT_VERSION, "version of the sessions' snapshot");
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
  }
}
