// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.account.AccountCommand.ReadOwner;
import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyCommand.ReadKeys;
import io.hongbao.engine.Answer;
import io.hongbao.engine.Command;
import io.hongbao.engine.Refusal;
import io.hongbao.model.RefusalCode;
import io.hongbao.person.HandleHash;
import io.hongbao.person.HandleKind;
import io.hongbao.person.PasswordCause;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand;
import io.hongbao.person.PersonCommand.AskPassword;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.ChangePassword;
import io.hongbao.person.PersonCommand.ChangeProfile;
import io.hongbao.person.PersonCommand.Claim;
import io.hongbao.person.PersonCommand.ClaimHandle;
import io.hongbao.person.PersonCommand.DropClaim;
import io.hongbao.person.PersonCommand.EndAttempt;
import io.hongbao.person.PersonCommand.FailAddress;
import io.hongbao.person.PersonCommand.FindHandle;
import io.hongbao.person.PersonCommand.ForgiveAttempts;
import io.hongbao.person.PersonCommand.GiveLogin;
import io.hongbao.person.PersonCommand.ReadAddress;
import io.hongbao.person.PersonCommand.ReadLogin;
import io.hongbao.person.PersonCommand.ReadPerson;
import io.hongbao.person.PersonCommand.RegisterPerson;
import io.hongbao.session.SessionCommand.ReadLogins;
import io.hongbao.sim.SimClients.Request;
import io.hongbao.webhook.Webhook;
import io.hongbao.webhook.WebhookCommand.ReadWebhooks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * People who register under a few names that many want, change what they show, guess passwords.
 *
 * <p>They go the steps of the edge: who is half registered when the server dies is so for good.
 */
final class SimPeople {

  private static final long FIRST_ID = 1L << 52;
  private static final int NEWCOMERS_MAX = 5;
  private static final int NAMES = 24;
  private static final int EXTERNAL_IDS = 6;
  private static final int ADDRESSES = 12;

  /** Somebody who is registering. */
  private static final class Newcomer {
    final long userId;
    final HandleHash name;
    final HandleHash phone;
    @Nullable Claim nameClaim;
    @Nullable Claim phoneClaim;

    Newcomer(long userId, HandleHash name, HandleHash phone) {
      this.userId = userId;
      this.name = name;
      this.phone = phone;
    }
  }

  private record Granted(long userId, Claim claim, String text) {}

  private static final List<Integer> ASSETS = List.of(SimOptions.CNY, SimOptions.COIN);

  private final SimOptions options;
  private final SplittableRandom chance;
  private final List<Newcomer> newcomers = new ArrayList<>();
  private final List<Granted> granted = new ArrayList<>();
  private final List<Long> registered = new ArrayList<>();
  private final ArrayDeque<PersonCommand> next = new ArrayDeque<>();
  private final List<Granted> owned = new ArrayList<>();
  private long born;
  private long day;

  SimPeople(SimOptions options, SplittableRandom chance) {
    this.options = options;
    this.chance = chance;
  }

  /** A question about each person, his logins, each handle that anybody wants, and all keys. */
  List<Request> everything() {
    List<Long> everybody = new ArrayList<>(registered);
    for (int i = 0; i < options.users(); i++) {
      everybody.add(1_001L + i);
    }
    List<Request> all = new ArrayList<>();
    for (long userId : everybody) {
      all.add(request(new ReadPerson(userId)));
      all.add(new Request(options.partitionOf(userId), new ReadLogins(userId)));
      all.add(new Request(options.partitionOf(userId), new ReadOwner(userId, ASSETS)));
    }
    for (int i = 0; i < NAMES; i++) {
      all.add(request(new FindHandle(hash(0, i))));
      all.add(request(new FindHandle(hash(1, i))));
      all.add(request(new FindHandle(hash(2, i % EXTERNAL_IDS))));
    }
    all.add(new Request(ApiKey.PARTITION, new ReadKeys()));
    all.add(new Request(Webhook.PARTITION, new ReadWebhooks()));
    return all;
  }

  static HandleHash hash(int kind, int number) {
    long mixed = (kind * 1_000L + number + 1) * 0x9E3779B97F4A7C15L;
    return new HandleHash(mixed ^ mixed >>> 29, Long.reverse(mixed) | 1);
  }

  Request next(long nowMs) {
    // Around the end of a day somebody fails whose failures of yesterday are not forgotten yet.
    long today = (nowMs + 8 * 3_600_000L) / SimOptions.DAY_MS;
    for (int i = 0; today != day && i < 4; i++) {
      next.addFirst(new FailAddress(hash(3, chance.nextInt(ADDRESSES))));
    }
    day = today;
    PersonCommand due = next.poll();
    return request(due == null ? wish() : due);
  }

  private PersonCommand wish() {
    return switch (chance.nextInt(27)) {
      case 0, 1, 2, 3, 4 -> registration();
      case 5, 6 -> claimExternalId();
      case 7, 8, 9 -> changeProfile();
      case 10, 11, 12 -> new BeginAttempt(person(), by());
      case 13, 14 -> new EndAttempt(person());
      case 15 ->
          new ChangePassword(
              person(),
              PasswordCause.ofNumber(1 + chance.nextInt(3)),
              chance.nextBoolean() ? "" : password(),
              password());
      case 16 -> new AskPassword(person(), password());
      case 17 -> new ForgiveAttempts(person(), "op");
      case 18, 19, 20 -> new FailAddress(hash(3, chance.nextInt(ADDRESSES)));
      case 21 -> new ReadAddress(hash(3, chance.nextInt(ADDRESSES)));
      case 23 -> new ReadLogin(person());
      // An operator gives somebody a login; what follows the claim comes with its answer.
      case 24, 25 -> new ClaimHandle(HandleKind.NAME, hash(0, chance.nextInt(NAMES)), person());
      case 22 -> new FindHandle(hash(chance.nextInt(3), chance.nextInt(NAMES)));
      default -> new ReadPerson(person());
    };
  }

  Request request(PersonCommand command) {
    long place =
        switch (command) {
          case ClaimHandle c -> c.hash().high() >>> 1;
          case DropClaim c -> c.hash().high() >>> 1;
          case FindHandle c -> c.hash().high() >>> 1;
          case FailAddress c -> c.hash().high() >>> 1;
          case ReadAddress c -> c.hash().high() >>> 1;
          case RegisterPerson c -> c.userId();
          case ChangeProfile c -> c.userId();
          case ReadPerson c -> c.userId();
          case ReadLogin c -> c.userId();
          case GiveLogin c -> c.userId();
          case BeginAttempt c -> c.userId();
          case EndAttempt c -> c.userId();
          case ChangePassword c -> c.userId();
          case AskPassword c -> c.userId();
          case ForgiveAttempts c -> c.userId();
        };
    return new Request(options.partitionOf(place), command);
  }

  private String password() {
    return "argon2id-" + chance.nextInt(3);
  }

  private long person() {
    boolean isNumber = registered.isEmpty() || chance.nextInt(3) == 0;
    return isNumber
        ? 1_001L + chance.nextInt(options.users())
        : registered.get(chance.nextInt(registered.size()));
  }

  private HandleHash by() {
    return chance.nextBoolean() ? HandleHash.NONE : hash(0, chance.nextInt(NAMES));
  }

  private PersonCommand registration() {
    if (newcomers.size() < NEWCOMERS_MAX && chance.nextInt(3) > 0) {
      newcomers.add(
          new Newcomer(
              FIRST_ID + ++born, hash(0, chance.nextInt(NAMES)), hash(1, chance.nextInt(NAMES))));
      Newcomer one = newcomers.getLast();
      return new ClaimHandle(HandleKind.NAME, one.name, one.userId);
    }
    if (newcomers.isEmpty()) {
      return new ReadPerson(person());
    }
    Newcomer one = newcomers.get(chance.nextInt(newcomers.size()));
    Claim name = one.nameClaim;
    Claim phone = one.phoneClaim;
    if (name == null || phone == null) {
      // Its answer is on the way, or will never come.
      return new ReadPerson(one.userId);
    }
    newcomers.remove(one);
    if (chance.nextInt(8) == 0) {
      // Gone before the password was hashed.
      return new ReadPerson(one.userId);
    }
    return new RegisterPerson(
        one.userId, "name", name, "+86138****5678", phone, password(), "nick");
  }

  private PersonCommand claimExternalId() {
    if (!granted.isEmpty() && chance.nextBoolean()) {
      // A backend that has not heard of its first request yet makes it again.
      Granted one = granted.get(chance.nextInt(granted.size()));
      return new ClaimHandle(HandleKind.EXTERNAL_ID, one.claim().hash(), one.userId());
    }
    return new ClaimHandle(HandleKind.EXTERNAL_ID, hash(2, chance.nextInt(EXTERNAL_IDS)), person());
  }

  private PersonCommand changeProfile() {
    if (granted.isEmpty() || chance.nextInt(3) == 0) {
      if (!owned.isEmpty() && chance.nextInt(3) == 0) {
        return letGo(owned.remove(chance.nextInt(owned.size())));
      }
      boolean letsGo = chance.nextInt(3) == 0;
      return new ChangeProfile(
          person(),
          letsGo ? "" : null,
          Claim.NONE,
          chance.nextBoolean() ? "nick" + chance.nextInt(4) : null,
          null,
          chance.nextBoolean() ? "city" + chance.nextInt(4) : null);
    }
    int at = chance.nextInt(granted.size());
    Granted one = granted.get(at);
    granted.set(at, granted.getLast());
    granted.removeLast();
    return new ChangeProfile(one.userId(), one.text(), one.claim(), null, null, null);
  }

  // Who lets go may want it back at once, while the word of it is still on its way.
  private PersonCommand letGo(Granted one) {
    if (chance.nextBoolean()) {
      next.addFirst(new ClaimHandle(HandleKind.EXTERNAL_ID, one.claim().hash(), one.userId()));
    }
    return new ChangeProfile(one.userId(), "", Claim.NONE, null, null, null);
  }

  void heard(Command command, Answer answer) {
    switch (command) {
      case ClaimHandle c -> claimed(c, answer);
      case RegisterPerson c -> {
        if (answer instanceof PersonShown) {
          registered.add(c.userId());
        } else if (isNotDone(answer)) {
          next.add(new DropClaim(c.name().hash(), c.userId(), c.name().untilMs()));
          next.add(new DropClaim(c.phone().hash(), c.userId(), c.phone().untilMs()));
        }
      }
      case ChangeProfile c -> {
        String externalId = c.externalId();
        if (answer instanceof PersonShown && externalId != null && !externalId.isEmpty()) {
          owned.add(new Granted(c.userId(), c.external(), externalId));
        }
      }
      default -> {}
    }
  }

  private static boolean isNotDone(Answer answer) {
    return answer instanceof Refusal refusal && refusal.code() != RefusalCode.INTERNAL_ERROR;
  }

  private void claimed(ClaimHandle c, Answer answer) {
    Claim claim = answer instanceof HandleKept kept ? new Claim(c.hash(), kept.untilMs()) : null;
    if (c.kind() == HandleKind.EXTERNAL_ID) {
      if (claim != null) {
        granted.add(new Granted(c.userId(), claim, "ext" + c.hash().low() % 1_000));
      }
      return;
    }
    if (c.kind() == HandleKind.NAME && claim != null) {
      boolean isComing = newcomers.stream().anyMatch(one -> one.userId == c.userId());
      if (!isComing) {
        next.add(new GiveLogin(c.userId(), "login", claim, password()));
      }
    }
    for (Newcomer one : List.copyOf(newcomers)) {
      if (one.userId == c.userId()) {
        if (claim == null) {
          newcomers.remove(one);
          if (one.nameClaim != null) {
            next.add(new DropClaim(one.name, one.userId, one.nameClaim.untilMs()));
          }
        } else if (c.kind() == HandleKind.NAME) {
          one.nameClaim = claim;
          next.add(new ClaimHandle(HandleKind.PHONE, one.phone, one.userId));
        } else {
          one.phoneClaim = claim;
        }
      }
    }
  }

  /** Requests under way, and what was to follow them, are gone. */
  void serverDied() {
    newcomers.clear();
    granted.clear();
    next.clear();
  }
}
