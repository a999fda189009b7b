// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

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
import io.hongbao.webhook.WebhookCommand.AdvanceWebhook;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.PauseWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhooks;
import io.hongbao.webhook.WebhookCommand.RotateSecret;

/** Webhooks inside their partition, and their way into the directory of the process. */
public final class WebhookFamily implements Family {

  private static final int SNAPSHOT_VERSION = 1;

  private final Webhooks state;
  private final WebhookCodec codec = new WebhookCodec();
  private final WebhookApplier applier;
  private final WebhookDesk desk;
  private final WebhookDirectory directory;

  private WebhookFamily(PartitionParts parts, WebhookLimits limits, WebhookDirectory directory) {
    this.state = new Webhooks(parts);
    this.applier = new WebhookApplier(state);
    this.desk = new WebhookDesk(state, limits, directory);
    this.directory = directory;
  }

  /** The line of wiring; one directory for the process. */
  public static Family.Factory factory(WebhookLimits limits, WebhookDirectory directory) {
    return parts -> new WebhookFamily(parts, limits, directory);
  }

  @Override
  public EventCodec codec() {
    return codec;
  }

  @Override
  public void decide(Command command, Decision decision) {
    if (state.parts.partition() != Webhook.PARTITION) {
      throw new IllegalArgumentException("a command about webhooks went astray");
    }
    switch ((WebhookCommand) command) {
      case MakeWebhook c -> desk.make(c, decision);
      case ChangeWebhook c -> desk.change(c, decision);
      case RotateSecret c -> desk.rotate(c, decision);
      case MoveWebhook c -> desk.move(c, decision);
      case AdvanceWebhook c -> desk.advance(c, decision);
      case PauseWebhook c -> desk.pause(c, decision);
      case DeleteWebhook c -> desk.delete(c.webhookId(), decision);
      case ReadWebhook c -> desk.read(c.webhookId(), decision);
      case ReadWebhooks c -> desk.readAll(decision);
    }
  }

  @Override
  public void apply(Event event, Stamp stamp) {
    applier.apply((WebhookEvent) event, stamp);
  }

  @Override
  public void activated() {
    state.all().forEach(directory::put);
  }

  @Override
  public void save(SnapshotOutput out) {
    out.putInt(SNAPSHOT_VERSION);
    out.putInt(state.count());
    for (Webhook webhook : state.all()) {
      out.putLong(webhook.id());
      out.putText(webhook.url());
      out.putText(webhook.eventTypes());
      out.putText(webhook.description());
      out.putByte(webhook.state().number());
      out.putByte(webhook.pauseReason().number());
      save(out, webhook.secret());
      save(out, webhook.before());
      out.putLong(webhook.beforeEndsAtMs());
      out.putLong(webhook.place().logPosition());
      out.putInt(webhook.place().passed());
      out.putLong(webhook.place().check());
      out.putInt(webhook.turn());
      out.putLong(webhook.failingSinceMs());
      out.putLong(webhook.madeAtMs());
      out.putLong(webhook.position());
    }
  }

  private static void save(SnapshotOutput out, HookSecret secret) {
    out.putLong(secret.word0());
    out.putLong(secret.word1());
    out.putLong(secret.word2());
    out.putLong(secret.word3());
  }

  @Override
  public void load(SnapshotInput in) {
    Check.equal(in.getInt(), SNAPSHOT_VERSION, "version of the webhooks' snapshot");
    for (int i = in.getInt(); i > 0; i--) {
      state.set(
          new Webhook(
              in.getLong(),
              in.getText(),
              in.getText(),
              in.getText(),
              HookState.ofNumber(in.getByte()),
              PauseReason.ofNumber(in.getByte()),
              loadSecret(in),
              loadSecret(in),
              in.getLong(),
              new HookPlace(in.getLong(), in.getInt(), in.getLong()),
              in.getInt(),
              in.getLong(),
              in.getLong(),
              in.getLong()));
    }
  }

  private static HookSecret loadSecret(SnapshotInput in) {
    return new HookSecret(in.getLong(), in.getLong(), in.getLong(), in.getLong());
  }
}
