// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.model.RefusalCode;
import io.hongbao.person.HandleHash;
import io.hongbao.person.PersonAnswer.AddressShown;
import io.hongbao.person.PersonAnswer.AttemptOpen;
import io.hongbao.person.PersonAnswer.Done;
import io.hongbao.person.PersonAnswer.HandleFound;
import io.hongbao.person.PersonAnswer.HandleKept;
import io.hongbao.person.PersonAnswer.LoginTold;
import io.hongbao.person.PersonAnswer.PasswordTold;
import io.hongbao.person.PersonAnswer.PersonShown;
import io.hongbao.person.PersonCommand;
import io.hongbao.person.PersonCommand.AskPassword;
import io.hongbao.person.PersonCommand.BeginAttempt;
import io.hongbao.person.PersonCommand.ChangePassword;
import io.hongbao.person.PersonCommand.ChangeProfile;
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
import io.hongbao.person.PersonEvent;
import io.hongbao.person.PersonEvent.AddressFailed;
import io.hongbao.person.PersonEvent.AddressesForgotten;
import io.hongbao.person.PersonEvent.AttemptBegun;
import io.hongbao.person.PersonEvent.AttemptSucceeded;
import io.hongbao.person.PersonEvent.AttemptsForgiven;
import io.hongbao.person.PersonEvent.ClaimAnswered;
import io.hongbao.person.PersonEvent.LoginGiven;
import io.hongbao.person.PersonEvent.OfHandle;
import io.hongbao.person.PersonEvent.PasswordChanged;
import io.hongbao.person.PersonEvent.PersonRegistered;
import io.hongbao.person.PersonEvent.ProfileChanged;
import io.hongbao.person.Profile;
import io.hongbao.sim.AuditedAnswers.Told;
import io.hongbao.sim.AuditedFolk.Blamed;
import io.hongbao.sim.AuditedFolk.Someone;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Follows people: who they are, and how often somebody failed to prove that he is one of them. */
final class AuditedPeople {

  // People live in a zone that is always eight hours ahead.
  private static final long ZONE_MS = 8 * 3_600_000L;

  private final AuditedHandles handles;

  AuditedPeople(AuditedHandles handles) {
    this.handles = handles;
  }

  private static long dayEndsMs(long nowMs) {
    return Math.floorDiv(nowMs + ZONE_MS, SimOptions.DAY_MS) * SimOptions.DAY_MS
        + SimOptions.DAY_MS
        - ZONE_MS;
  }

  Foretold foretell(AuditedPartition book, PersonCommand command, long nowMs) {
    AuditedFolk folk = book.folk;
    return switch (command) {
      case ClaimHandle c -> handles.claim(folk, c, nowMs);
      case DropClaim c -> handles.drop(folk, c);
      case FindHandle c -> handles.find(folk, c);
      case RegisterPerson c -> {
        boolean isLate = nowMs >= Math.min(c.name().untilMs(), c.phone().untilMs());
        yield isLate || folk.people.containsKey(c.userId())
            ? Foretold.refusal(RefusalCode.OVERLOADED, 0)
            : Foretold.change(0);
      }
      case ChangeProfile c -> profile(folk.people.get(c.userId()), c, nowMs);
      case GiveLogin c ->
          nowMs < c.name().untilMs()
              ? Foretold.change(0)
              : Foretold.refusal(RefusalCode.OVERLOADED, 0);
      case ReadPerson c -> Foretold.read(0, 0);
      case ReadLogin c -> Foretold.read(0, 0);
      case BeginAttempt c -> begin(folk.people.get(c.userId()), c, nowMs);
      case EndAttempt c -> failures(folk.people.get(c.userId()), nowMs);
      case ForgiveAttempts c -> failures(folk.people.get(c.userId()), nowMs);
      case ChangePassword c -> {
        Someone one = folk.people.get(c.userId());
        if (one == null || one.userName().isEmpty()) {
          yield Foretold.refusal(RefusalCode.NOT_FOUND, one == null ? 0 : one.at());
        }
        boolean isDue = c.expected().isEmpty() || c.expected().equals(one.password());
        yield Foretold.changeIf(isDue, isDue ? 1 : 0, one.at());
      }
      case AskPassword c -> {
        Someone one = folk.people.get(c.userId());
        boolean isSame = one != null && one.password().equals(c.passwordHash());
        yield Foretold.read(isSame ? 1 : 0, one == null ? 0 : one.at());
      }
      case ReadAddress c -> Foretold.read(0, 0);
      case FailAddress c -> Foretold.change(0);
    };
  }

  private static Foretold failures(@Nullable Someone one, long nowMs) {
    boolean isDue = one != null && one.failuresAt(nowMs) > 0;
    return Foretold.changeIf(isDue, isDue ? 1 : 0, one == null ? 0 : one.at());
  }

  private static Foretold begin(@Nullable Someone one, BeginAttempt c, long nowMs) {
    if (one == null || !(c.by().isNone() || one.has(c.by()))) {
      return Foretold.refusal(RefusalCode.NOT_FOUND, one == null ? 0 : one.at());
    }
    return one.failuresAt(nowMs) >= SimOptions.FAILURES_MAX
        ? Foretold.refusal(RefusalCode.LOGIN_BLOCKED, one.at())
        : Foretold.change(one.failuresAt(nowMs) + 1L);
  }

  private static Foretold profile(@Nullable Someone one, ChangeProfile c, long nowMs) {
    boolean claims = !c.external().hash().isNone();
    if (claims && nowMs >= c.external().untilMs()) {
      return Foretold.refusal(RefusalCode.OVERLOADED, 0);
    }
    Profile before = one == null ? Profile.EMPTY : one.profile();
    boolean isOther = claims || !changed(c, before).equals(before);
    return Foretold.changeIf(isOther, 0, one == null ? 0 : one.at());
  }

  private static Profile changed(ChangeProfile c, Profile before) {
    return new Profile(
        or(c.externalId(), before.externalId()),
        or(c.nickname(), before.nickname()),
        or(c.avatarUrl(), before.avatarUrl()),
        or(c.city(), before.city()));
  }

  private static String or(@Nullable String wanted, String before) {
    return wanted == null ? before : wanted;
  }

  void applied(AuditedPartition book, PersonEvent event, AuditContext context, long at) {
    AuditedFolk folk = book.folk;
    switch (event) {
      case OfHandle e -> handles.applied(book, e, context, at);
      case ClaimAnswered e -> handles.answered(book, e, context, at);
      case PersonRegistered e -> registered(book, e, context, at);
      case ProfileChanged e -> profileChanged(book, e, context, at);
      case LoginGiven e -> loginGiven(book, e, context, at);
      case PasswordChanged e -> {
        SimFailure.require(
            context.command instanceof ChangePassword c
                && c.userId() == e.userId()
                && c.cause() == e.cause()
                && c.passwordHash().equals(e.passwordHash()),
            "a password that nobody chose");
        put(book, present(folk, e.userId()).guardedBy(e.passwordHash(), at), at);
      }
      case AttemptBegun e -> {
        SimFailure.require(context.command instanceof BeginAttempt, "an attempt of nobody");
        SimFailure.same(dayEndsMs(context.nowMs), e.dayEndsMs(), "end of the day");
        Someone one = present(folk, e.userId());
        put(book, one.failing(one.failuresAt(context.nowMs) + 1, e.dayEndsMs(), at), at);
      }
      case AttemptSucceeded e -> {
        SimFailure.require(context.command instanceof EndAttempt, "a success of nobody");
        Someone one = present(folk, e.userId());
        put(book, one.failing(one.failuresAt(context.nowMs) - 1, one.dayEndsMs(), at), at);
      }
      case AttemptsForgiven e -> {
        SimFailure.require(context.command instanceof ForgiveAttempts, "forgiven by nobody");
        put(book, present(folk, e.userId()).failing(0, 0, at), at);
      }
      case AddressFailed e -> failed(book, e, context, at);
      case AddressesForgotten e -> {
        SimFailure.require(
            context.command == null && e.dayEndsMs() <= context.nowMs, "forgotten too early");
        for (Map.Entry<HandleHash, Blamed> one : Map.copyOf(folk.addresses).entrySet()) {
          if (one.getValue().dayEndsMs() <= e.dayEndsMs()) {
            book.remove(folk.addresses, one.getKey(), at);
          }
        }
      }
    }
  }

  private static Someone present(AuditedFolk folk, long userId) {
    Someone one = folk.people.get(userId);
    if (one == null) {
      throw new SimFailure("an event about nobody");
    }
    return one;
  }

  private static void put(AuditedPartition book, Someone one, long at) {
    book.put(book.folk.people, one.userId(), one, at);
  }

  private void registered(
      AuditedPartition book, PersonRegistered e, AuditContext context, long at) {
    if (!(context.command instanceof RegisterPerson c)) {
      throw new SimFailure("a person whom nobody registered");
    }
    SimFailure.same(
        new PersonRegistered(
            c.userId(),
            c.name().hash(),
            c.name().untilMs(),
            c.phone().hash(),
            c.phone().untilMs(),
            c.userName(),
            c.phoneMasked(),
            c.passwordHash(),
            c.nickname()),
        e,
        "a person as he was registered");
    put(
        book,
        new Someone(
            c.userId(),
            c.name().hash(),
            c.userName(),
            c.phone().hash(),
            c.phoneMasked(),
            c.passwordHash(),
            HandleHash.NONE,
            new Profile("", c.nickname(), "", ""),
            0,
            0,
            context.nowMs,
            at),
        at);
    handles.taken(book, c.name().hash(), c.userId(), c.name().untilMs(), at);
    handles.taken(book, c.phone().hash(), c.userId(), c.phone().untilMs(), at);
  }

  private void profileChanged(
      AuditedPartition book, ProfileChanged e, AuditContext context, long at) {
    if (!(context.command instanceof ChangeProfile c) || c.userId() != e.userId()) {
      throw new SimFailure("a profile that nobody changed");
    }
    Someone before = knownOrNew(book, c.userId(), context, at);
    HandleHash external = c.externalId() == null ? before.external() : c.external().hash();
    SimFailure.same(external, e.externalHash(), "external id of a profile");
    SimFailure.same(changed(c, before.profile()), e.profile(), "what a profile says");
    SimFailure.same(c.external().untilMs(), e.externalUntilMs(), "claim of a profile");
    put(book, before.showing(external, e.profile(), at), at);
    if (!before.external().isNone() && !before.external().equals(external)) {
      handles.letGo(book, before.external(), c.userId(), at);
    }
    if (c.external().untilMs() > 0) {
      handles.taken(book, external, c.userId(), c.external().untilMs(), at);
    }
  }

  private static Someone knownOrNew(
      AuditedPartition book, long userId, AuditContext context, long at) {
    Someone known = book.folk.people.get(userId);
    HandleHash none = HandleHash.NONE;
    return known != null
        ? known
        : new Someone(userId, none, "", none, "", "", none, Profile.EMPTY, 0, 0, context.nowMs, at);
  }

  private void loginGiven(AuditedPartition book, LoginGiven e, AuditContext context, long at) {
    if (!(context.command instanceof GiveLogin c)) {
      throw new SimFailure("a login that nobody gave");
    }
    SimFailure.same(
        new LoginGiven(
            c.userId(), c.name().hash(), c.name().untilMs(), c.userName(), c.passwordHash()),
        e,
        "a login as it was given");
    Someone before = knownOrNew(book, c.userId(), context, at);
    put(book, before.named(e.nameHash(), e.userName(), e.passwordHash(), at), at);
    if (!before.name().isNone() && !before.name().equals(e.nameHash())) {
      handles.letGo(book, before.name(), c.userId(), at);
    }
    handles.taken(book, e.nameHash(), c.userId(), e.nameUntilMs(), at);
  }

  // A full table: the one with the fewest failures goes, of equals the one that failed first.
  private static void failed(
      AuditedPartition book, AddressFailed e, AuditContext context, long at) {
    Map<HandleHash, Blamed> addresses = book.folk.addresses;
    SimFailure.require(
        context.command instanceof FailAddress c && c.hash().equals(e.hash()), "whose failure");
    SimFailure.same(dayEndsMs(context.nowMs), e.dayEndsMs(), "end of the day");
    Blamed before = addresses.get(e.hash());
    boolean isFull = before == null && addresses.size() >= SimOptions.ADDRESSES_MAX;
    SimFailure.same(isFull, !e.dropped().isNone(), "whether an address makes room");
    if (isFull) {
      Blamed gone = addresses.get(e.dropped());
      for (Blamed other : addresses.values()) {
        SimFailure.require(
            gone != null
                && (gone.count() < other.count()
                    || (gone.count() == other.count() && gone.at() <= other.at())),
            "the weakest address makes room");
      }
      book.remove(addresses, e.dropped(), at);
    }
    int count = before != null && context.nowMs < before.dayEndsMs() ? before.count() + 1 : 1;
    book.put(addresses, e.hash(), new Blamed(count, e.dayEndsMs(), at), at);
  }

  Told told(AuditedPartition book, PersonCommand command, AuditContext context, Foretold due) {
    long shown = due.shown();
    return switch (command) {
      case ClaimHandle c ->
          new Told(a -> same(shown, ((HandleKept) a).untilMs(), "how long a handle is kept"), 0);
      case FindHandle c -> new Told(a -> same(shown, ((HandleFound) a).userId(), "whose it is"), 0);
      case RegisterPerson c -> person(book, c.userId());
      case ChangeProfile c -> person(book, c.userId());
      case ReadPerson c -> person(book, c.userId());
      case GiveLogin c -> person(book, c.userId());
      case ReadLogin c -> login(book.folk.people.get(c.userId()));
      case BeginAttempt c -> {
        String password = present(book.folk, c.userId()).password();
        yield new Told(
            a -> SimFailure.same(new AttemptOpen(password, (int) shown), a, "an attempt"), 0);
      }
      case AskPassword c ->
          new Told(a -> same(shown, ((PasswordTold) a).isSame() ? 1 : 0, "the same password"), 0);
      case ReadAddress c -> address(book.folk.addresses.get(c.hash()), context.nowMs);
      case FailAddress c -> address(book.folk.addresses.get(c.hash()), context.nowMs);
      case DropClaim c -> done(shown);
      case EndAttempt c -> done(shown);
      case ForgiveAttempts c -> done(shown);
      case ChangePassword c -> done(shown);
    };
  }

  private static void same(long expected, long shown, String what) {
    SimFailure.same(expected, shown, what);
  }

  private static Told done(long shown) {
    return new Told(a -> same(shown, ((Done) a).isChanged() ? 1 : 0, "whether it changed"), 0);
  }

  private static Told login(@Nullable Someone one) {
    LoginTold expected =
        one == null
            ? new LoginTold(false, "", "")
            : new LoginTold(true, one.userName(), one.password());
    return new Told(a -> SimFailure.same(expected, a, "a login"), one == null ? 0 : one.at());
  }

  private static Told address(@Nullable Blamed one, long nowMs) {
    AddressShown expected =
        one == null || nowMs >= one.dayEndsMs()
            ? new AddressShown(false, 0)
            : new AddressShown(one.count() >= SimOptions.ADDRESS_FAILURES_MAX, one.dayEndsMs());
    return new Told(
        a -> SimFailure.same(expected, a, "how an address stands"),
        expected.dayEndsMs() == 0 || one == null ? 0 : one.at());
  }

  private static Told person(AuditedPartition book, long userId) {
    Someone one = book.folk.people.get(userId);
    PersonShown expected =
        one == null
            ? new PersonShown(userId, false, "", "", Profile.EMPTY, false, 0, 0)
            : new PersonShown(
                userId,
                true,
                one.userName(),
                one.phoneMasked(),
                one.profile(),
                !one.password().isEmpty(),
                one.createdAtMs(),
                one.at());
    return new Told(a -> SimFailure.same(expected, a, "a person"), one == null ? 0 : one.at());
  }
}
