// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.Heard;
import io.hongbao.engine.PartitionHarness;
import io.hongbao.model.RefusalCode;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookAnswer.WebhooksShown;
import io.hongbao.webhook.WebhookCommand.AdvanceWebhook;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.PauseWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhooks;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import org.junit.jupiter.api.Test;

/** Webhooks on one partition, without thread, clock or disk. */
class WebhookFamilyTest {

  private static final HookPlace NEAR = new HookPlace(64, 1, 11);
  private static final HookPlace FAR = new HookPlace(128, 3, 12);

  private final WebhookDirectory directory = new WebhookDirectory();
  private final PartitionHarness harness =
      new PartitionHarness(
          2, 7, WebhookFamily.factory(WebhookLimits.defaults().withCountMax(2), directory));

  private Heard ask(WebhookCommand command) {
    return harness.ask(Webhook.PARTITION, command);
  }

  private Webhook make() {
    return ask(new MakeWebhook("https://a.example/h", "*", "shop", HookPlace.START))
        .as(WebhookShown.class)
        .webhook();
  }

  private Webhook now(long id) {
    return ask(new ReadWebhook(id)).as(WebhookShown.class).webhook();
  }

  @Test
  void aNewWebhookIsActiveAndHasASecretOfItsOwn() {
    Webhook first = make();
    Webhook second = make();

    assertTrue(first.isActive());
    assertNotEquals(first.secret(), second.secret());
    assertTrue(first.secret().text().matches("whsec_[A-Za-z0-9_-]{43}"));
    assertFalse(first.toString().contains(first.secret().text()), "secrets stay out of logs");
    assertFalse(first.secret().toString().contains(Long.toString(first.secret().word0())));
    assertEquals(first, directory.find(first.id()));
    assertEquals(
        RefusalCode.WEBHOOK_LIMIT,
        ask(new MakeWebhook("https://a.example/h", "*", "", HookPlace.START)).refusal());
    assertEquals(2, ask(new ReadWebhooks()).as(WebhooksShown.class).webhooks().size());
  }

  @Test
  void aChangeLeavesWhatIsNotGiven() {
    long id = make().id();

    Webhook changed =
        ask(new ChangeWebhook(id, null, "room.*", null, false)).as(WebhookShown.class).webhook();

    assertEquals("https://a.example/h", changed.url());
    assertEquals("room.*", changed.eventTypes());
    assertEquals("shop", changed.description());
    assertEquals(HookState.DISABLED, changed.state());
    assertEquals(
        RefusalCode.MALFORMED_REQUEST, ask(new ChangeWebhook(id, "", null, null, null)).refusal());
    assertEquals(
        RefusalCode.NOT_FOUND, ask(new ChangeWebhook(id + 1000, null, null, null, true)).refusal());
  }

  @Test
  void bothSecretsAreGoodUntilTheGraceIsOver() {
    Webhook before = make();

    Webhook after = ask(new RotateSecret(before.id(), 5_000)).as(WebhookShown.class).webhook();

    assertNotEquals(before.secret(), after.secret());
    assertEquals(before.secret(), after.before());
    assertTrue(after.hasTwoSecrets(harness.nowMs()));
    assertFalse(after.hasTwoSecrets(harness.nowMs() + 5_000));
  }

  @Test
  void progressOnlyGrowsAndBelongsToItsTurn() {
    long id = make().id();
    ask(new AdvanceWebhook(id, 0, FAR, 0));
    assertEquals(FAR, now(id).place());
    ask(new AdvanceWebhook(id, 0, NEAR, 0));
    assertEquals(FAR, now(id).place());

    ask(new MoveWebhook(id, NEAR));
    ask(new AdvanceWebhook(id, 0, FAR, 0));
    assertEquals(NEAR, now(id).place());
    ask(new AdvanceWebhook(id, 1, FAR, 99));

    assertEquals(FAR, now(id).place());
    assertEquals(99, now(id).failingSinceMs());
    long position = now(id).position();
    ask(new AdvanceWebhook(id, 1, FAR, 99));
    assertEquals(position, now(id).position(), "what is known is not written again");
  }

  @Test
  void aPausedWebhookIsWokenByItsOwner() {
    long id = make().id();
    ask(new AdvanceWebhook(id, 0, NEAR, 77));
    ask(new PauseWebhook(id, 0, PauseReason.FAILING));
    assertEquals(HookState.PAUSED, now(id).state());
    assertEquals(PauseReason.FAILING, now(id).pauseReason());

    ask(new ChangeWebhook(id, "https://b.example/h", null, null, null));
    assertEquals(HookState.PAUSED, now(id).state(), "another URL alone wakes nobody");
    ask(new ChangeWebhook(id, null, null, null, true));

    assertTrue(now(id).isActive());
    assertEquals(PauseReason.NONE, now(id).pauseReason());
    assertEquals(0, now(id).failingSinceMs(), "it gets the whole time again");
    assertEquals(NEAR, now(id).place());
  }

  @Test
  void whatIsDeletedIsGone() {
    long id = make().id();
    ask(new DeleteWebhook(id));

    assertEquals(RefusalCode.NOT_FOUND, ask(new ReadWebhook(id)).refusal());
    assertEquals(RefusalCode.NOT_FOUND, ask(new DeleteWebhook(id)).refusal());
    assertNull(directory.find(id));
    ask(new AdvanceWebhook(id, 0, FAR, 0));
    ask(new PauseWebhook(id, 0, PauseReason.FAILING));
  }

  @Test
  void replayAndSnapshotsGiveTheSameState() {
    long id = make().id();
    ask(new RotateSecret(id, 5_000));
    ask(new AdvanceWebhook(id, 0, NEAR, 5));
    ask(new MoveWebhook(id, FAR));
    ask(new PauseWebhook(id, 1, PauseReason.PLACE_UNKNOWN));
    ask(new DeleteWebhook(make().id()));

    harness.checkRebuild();
  }
}
