// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "API keys".
package io.hongbao.apikey;

import io.hongbao.apikey.ApiKey.Secret;
import io.hongbao.apikey.KeyAnswer.ActionNoted;
import io.hongbao.apikey.KeyCommand.MakeKey;
import io.hongbao.apikey.KeyCommand.NoteAction;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.apikey.KeyCommand.ReadKeys;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
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

/** API keys inside their partition, and their way into the directory of the process. */
public final class KeyFamily implements Family {

  private static final int SNAPSHOT_VERSION = 1;

  private final ApiKeys state;
  private final KeyCodec codec = new KeyCodec();
  private final KeyApplier applier;
  private final KeyDesk desk;
  private final KeyDirectory directory;

  private KeyFamily(PartitionParts parts, KeyLimits limits, KeyDirectory directory) {
    this.state = new ApiKeys(parts);
    this.applier = new KeyApplier(state);
    this.desk = new KeyDesk(state, limits, directory);
    this.directory = directory;
  }

  /** The line of wiring, with the documented limits. */
  public static Family.Factory factory(KeyDirectory directory) {
    return factory(KeyLimits.defaults(), directory);
  }

  /** The line of wiring; one directory for the process. */
  public static Family.Factory factory(KeyLimits limits, KeyDirectory directory) {
    return parts -> new KeyFamily(parts, limits, directory);
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    if (state.parts.partition() != ApiKey.PARTITION) {
      throw new IllegalArgumentException("a command about keys went astray");
    }
    switch ((KeyCommand) command) {
      case MakeKey c -> desk.make(c, decision);
      case RotateKey c -> desk.rotate(c, decision);
      case RevokeKey c -> desk.revoke(c, decision);
      case ReadKeys c -> desk.readAll(decision);
      case NoteKeyUse c -> desk.noteUse(c, decision);
      case NoteAction c -> {
        decision.audit(c.subject(), c.before(), c.after());
        decision.answer(new ActionNoted());
      }
    }
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    applier.apply((KeyEvent) event, stamp);
  }

  @Override
  public void activated() {
    state.all().forEach(directory::put);
  }

  @Override
  public void save(SnapshotOutput out) {
    out.putInt(SNAPSHOT_VERSION);
    out.putInt(state.count());
    for (ApiKey key : state.all()) {
      out.putLong(key.keyId());
      out.putText(key.name());
      out.putByte(key.role().number());
      out.putLong(key.scopes());
      save(out, key.secret());
      save(out, key.before());
      out.putLong(key.madeAtMs());
      out.putLong(key.expiresAtMs());
      out.putLong(key.rotatedAtMs());
      out.putLong(key.usedAtMs());
      out.putLong(key.position());
    }
  }

  private static void save(SnapshotOutput out, Secret secret) {
    out.putLong(secret.hashHigh());
    out.putLong(secret.hashLow());
    out.putLong(secret.endsAtMs());
  }

  @Override
  public void load(SnapshotInput in) {
    Check.equal(in.getInt(), SNAPSHOT_VERSION, "version of the keys' snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      state.set(
          new ApiKey(
              in.getLong(),
              in.getText(),
              KeyRole.ofNumber(in.getByte()),
              in.getLong(),
              loadSecret(in),
              loadSecret(in),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getLong(),
              in.getLong()));
    }
  }

  private static Secret loadSecret(SnapshotInput in) {
    return new Secret(in.getLong(), in.getLong(), in.getLong());
  }
}
