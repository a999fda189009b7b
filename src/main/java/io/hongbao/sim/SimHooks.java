// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.engine.Answer;
import io.hongbao.sim.SimClients.Request;
import io.hongbao.webhook.HookPlace;
import io.hongbao.webhook.PauseReason;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookAnswer.WebhookShown;
import io.hongbao.webhook.WebhookCommand;
import io.hongbao.webhook.WebhookCommand.AdvanceWebhook;
import io.hongbao.webhook.WebhookCommand.ChangeWebhook;
import io.hongbao.webhook.WebhookCommand.DeleteWebhook;
import io.hongbao.webhook.WebhookCommand.MakeWebhook;
import io.hongbao.webhook.WebhookCommand.MoveWebhook;
import io.hongbao.webhook.WebhookCommand.PauseWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhooks;
import io.hongbao.webhook.WebhookCommand.RotateSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * Operators who make webhooks, change, move and delete them, and the senders who tell how far each
 * has come: also of places that were left, and of webhooks that are gone.
 */
final class SimHooks {

  private static final int MEMORY = 8;

  private final SplittableRandom chance;
  // As somebody was told of them; some have changed since.
  private final List<Webhook> known = new ArrayList<>();
  private Supplier<WebhookCommand> last = ReadWebhooks::new;

  SimHooks(SplittableRandom chance) {
    this.chance = chance;
  }

  Request next() {
    // Whoever lost an answer asks again; these commands have no keys, so it happens again.
    if (chance.nextInt(12) > 0) {
      last = wish();
    }
    return new Request(Webhook.PARTITION, last.get());
  }

  private Supplier<WebhookCommand> wish() {
    if (known.isEmpty() || chance.nextInt(7) == 0) {
      return make();
    }
    Webhook hook = known.get(chance.nextInt(known.size()));
    long id = chance.nextInt(30) == 0 ? 1 : hook.id();
    // A sender that did not hear yet that somebody moved the place.
    int turn = Math.max(0, hook.turn() - (chance.nextInt(3) == 0 ? 1 : 0));
    return switch (chance.nextInt(12)) {
      case 0, 1 -> change(id);
      case 2 -> {
        long graceMs = chance.nextBoolean() ? 0 : chance.nextInt(7_200_000);
        yield () -> new RotateSecret(id, graceMs);
      }
      case 3 -> {
        HookPlace place = place(chance.nextInt(2_000));
        yield () -> new MoveWebhook(id, place);
      }
      case 4, 5, 6, 7 -> {
        long ahead = chance.nextInt(3) == 0 ? 0 : chance.nextInt(60) - 8L;
        HookPlace place = place(Math.max(0, hook.place().logPosition() + ahead));
        HookPlace told = ahead == 0 && chance.nextBoolean() ? hook.place() : place;
        long failingSinceMs = chance.nextInt(3) == 0 ? 1 + chance.nextInt(1_000) : 0;
        yield () -> new AdvanceWebhook(id, turn, told, failingSinceMs);
      }
      case 8 -> {
        PauseReason why = chance.nextBoolean() ? PauseReason.FAILING : PauseReason.PLACE_UNKNOWN;
        yield () -> new PauseWebhook(id, turn, why);
      }
      case 9 -> () -> new DeleteWebhook(id);
      case 10 -> ReadWebhooks::new;
      default -> () -> new ReadWebhook(id);
    };
  }

  private Supplier<WebhookCommand> make() {
    String url = text("https://shop.example/hook");
    String types = text("packet.*");
    String description = chance.nextBoolean() ? "" : text("the shop");
    HookPlace place = place(chance.nextInt(1_000));
    return () -> new MakeWebhook(url, types, description, place);
  }

  private Supplier<WebhookCommand> change(long id) {
    String url = chance.nextBoolean() ? null : text("https://shop.example/new");
    String types = chance.nextBoolean() ? null : text("packet.opened,account.*");
    String description = chance.nextBoolean() ? null : text("again");
    int luck = chance.nextInt(3);
    Boolean isEnabled = luck == 0 ? null : Boolean.valueOf(luck == 1);
    return () -> new ChangeWebhook(id, url, types, description, isEnabled);
  }

  private String text(String usual) {
    return switch (chance.nextInt(24)) {
      case 0 -> "";
      case 1 -> "x".repeat(SimOptions.TEXT_MAX + 1);
      default -> usual + chance.nextInt(9);
    };
  }

  private HookPlace place(long logPosition) {
    return new HookPlace(logPosition, chance.nextInt(3), logPosition * 31);
  }

  void heard(Answer answer) {
    if (answer instanceof WebhookShown shown) {
      known.removeIf(hook -> hook.id() == shown.webhook().id());
      if (known.size() < MEMORY) {
        known.add(shown.webhook());
      } else {
        known.set(chance.nextInt(MEMORY), shown.webhook());
      }
    }
  }
}
