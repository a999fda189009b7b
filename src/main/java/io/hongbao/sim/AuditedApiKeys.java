// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.ApiKey.Secret;
import io.hongbao.apikey.KeyAnswer.KeyShown;
import io.hongbao.apikey.KeyAnswer.KeysShown;
import io.hongbao.apikey.KeyAnswer.UseNoted;
import io.hongbao.apikey.KeyCommand;
import io.hongbao.apikey.KeyCommand.MakeKey;
import io.hongbao.apikey.KeyCommand.NoteAction;
import io.hongbao.apikey.KeyCommand.NoteKeyUse;
import io.hongbao.apikey.KeyCommand.ReadKeys;
import io.hongbao.apikey.KeyCommand.RevokeKey;
import io.hongbao.apikey.KeyCommand.RotateKey;
import io.hongbao.apikey.KeyDirectory;
import io.hongbao.apikey.KeyEvent;
import io.hongbao.apikey.KeyEvent.KeyMade;
import io.hongbao.apikey.KeyEvent.KeyRevoked;
import io.hongbao.apikey.KeyEvent.KeyRotated;
import io.hongbao.apikey.KeyEvent.KeyUsed;
import io.hongbao.apikey.LiveKey;
import io.hongbao.model.RefusalCode;
import io.hongbao.sim.AuditedAnswers.Told;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** API keys in the second book: which there are, and which secrets open doors. */
final class AuditedApiKeys {

  /** What the partition of all keys knows. */
  static final class Ring {
    final Map<Long, ApiKey> keys = new HashMap<>();
    final Map<Long, ApiKey> revoked = new HashMap<>();

    /** Secrets that were good once, and since which position they are not. */
    final Map<Secret, Long> shut = new HashMap<>();

    final Map<String, Long> changed = new HashMap<>();

    long changedAt() {
      return changed.getOrDefault("", 0L);
    }
  }

  Foretold foretell(AuditedPartition book, KeyCommand command, long nowMs) {
    Ring ring = book.ring;
    return switch (command) {
      case MakeKey c -> {
        if (c.name().isBlank()
            || c.name().length() > SimOptions.TEXT_MAX
            || c.scopes() == 0
            || c.expiresAtMs() <= nowMs) {
          yield Foretold.refusal(RefusalCode.MALFORMED_REQUEST, 0);
        }
        yield ring.keys.size() >= SimOptions.KEYS_MAX
            ? Foretold.refusal(RefusalCode.API_KEY_LIMIT, ring.changedAt())
            : Foretold.change(0);
      }
      case RotateKey c -> {
        ApiKey key = ring.keys.get(c.keyId());
        if (key == null || nowMs >= key.expiresAtMs()) {
          yield Foretold.refusal(RefusalCode.NOT_FOUND, ring.changedAt());
        }
        yield (key.scopes() & ~c.byScopes()) == 0
            ? Foretold.change(0)
            : Foretold.refusal(RefusalCode.FORBIDDEN, key.position());
      }
      case RevokeKey c ->
          ring.keys.containsKey(c.keyId())
              ? Foretold.change(0)
              : Foretold.refusal(RefusalCode.NOT_FOUND, ring.changedAt());
      case ReadKeys c -> Foretold.read(0, ring.changedAt());
      case NoteKeyUse c -> {
        ApiKey key = ring.keys.get(c.keyId());
        yield Foretold.changeIf(key != null && c.atMs() > key.usedAtMs(), 0, 0);
      }
      case NoteAction c -> throw new SimFailure("an action that nobody noted");
    };
  }

  void applied(AuditedPartition book, KeyEvent event, AuditContext context, long at) {
    Ring ring = book.ring;
    ApiKey before = ring.keys.get(event.keyId());
    switch (event) {
      case KeyMade e -> {
        SimFailure.require(
            context.command instanceof MakeKey c
                && e.equals(
                    new KeyMade(
                        e.keyId(),
                        c.name(),
                        c.role(),
                        c.scopes(),
                        c.hashHigh(),
                        c.hashLow(),
                        c.expiresAtMs())),
            "a key as it was asked for");
        SimFailure.require(
            before == null && !ring.revoked.containsKey(e.keyId()), "a key's id is new");
        put(
            book,
            new ApiKey(
                e.keyId(),
                e.name(),
                e.role(),
                e.scopes(),
                new Secret(e.hashHigh(), e.hashLow(), ApiKey.NEVER),
                Secret.NONE,
                context.nowMs,
                e.expiresAtMs(),
                0,
                0,
                at),
            at);
        context.madeId = e.keyId();
      }
      case KeyRotated e -> {
        if (!(context.command instanceof RotateKey c)) {
          throw new SimFailure("a key that nobody rotated");
        }
        SimFailure.same(context.nowMs + c.graceMs(), e.beforeEndsAtMs(), "grace of a secret");
        SimFailure.require(
            c.hashHigh() == e.hashHigh() && c.hashLow() == e.hashLow(), "secret of a key");
        rotated(book, known(before), e, context, at);
      }
      case KeyRevoked e -> {
        SimFailure.require(context.command instanceof RevokeKey, "a key that nobody revoked");
        revoked(book, known(before), at);
      }
      case KeyUsed e -> {
        SimFailure.require(
            context.command instanceof NoteKeyUse c && c.atMs() == e.atMs(), "a use of nobody");
        put(book, used(known(before), e.atMs(), at), at);
      }
    }
    book.put(ring.changed, "", at, at);
  }

  private static ApiKey known(@Nullable ApiKey key) {
    if (key == null) {
      throw new SimFailure("an event about a key that is not there");
    }
    return key;
  }

  private static void put(AuditedPartition book, ApiKey key, long at) {
    book.put(book.ring.keys, key.keyId(), key, at);
  }

  private static void shut(AuditedPartition book, Secret secret, long at) {
    if (!secret.equals(Secret.NONE)) {
      book.put(book.ring.shut, new Secret(secret.hashHigh(), secret.hashLow(), 0), at, at);
    }
  }

  private static void revoked(AuditedPartition book, ApiKey gone, long at) {
    shut(book, gone.secret(), at);
    shut(book, gone.before(), at);
    book.remove(book.ring.keys, gone.keyId(), at);
    book.put(book.ring.revoked, gone.keyId(), gone, at);
  }

  // A third secret ends the first at once.
  private static void rotated(
      AuditedPartition book, ApiKey key, KeyRotated e, AuditContext context, long at) {
    shut(book, key.before(), at);
    put(
        book,
        new ApiKey(
            key.keyId(),
            key.name(),
            key.role(),
            key.scopes(),
            new Secret(e.hashHigh(), e.hashLow(), ApiKey.NEVER),
            new Secret(key.secret().hashHigh(), key.secret().hashLow(), e.beforeEndsAtMs()),
            key.madeAtMs(),
            key.expiresAtMs(),
            context.nowMs,
            key.usedAtMs(),
            at),
        at);
  }

  private static ApiKey used(ApiKey key, long atMs, long at) {
    return new ApiKey(
        key.keyId(),
        key.name(),
        key.role(),
        key.scopes(),
        key.secret(),
        key.before(),
        key.madeAtMs(),
        key.expiresAtMs(),
        key.rotatedAtMs(),
        atMs,
        at);
  }

  Told told(AuditedPartition book, KeyCommand command, AuditContext context) {
    Ring ring = book.ring;
    return switch (command) {
      case MakeKey c -> shown(ring.keys.get(context.madeId));
      case RotateKey c -> shown(ring.keys.get(c.keyId()));
      case RevokeKey c -> shown(ring.revoked.get(c.keyId()));
      case ReadKeys c -> {
        List<ApiKey> expected =
            ring.keys.values().stream()
                .sorted(
                    Comparator.comparingLong((ApiKey key) -> -key.madeAtMs())
                        .thenComparingLong(key -> -key.keyId()))
                .toList();
        yield new Told(
            answer -> SimFailure.same(expected, ((KeysShown) answer).keys(), "all keys"),
            ring.changedAt());
      }
      case NoteKeyUse c ->
          new Told(answer -> SimFailure.require(answer instanceof UseNoted, "a use is noted"), 0);
      case NoteAction c -> throw new SimFailure("an action that nobody noted");
    };
  }

  private static Told shown(@Nullable ApiKey expected) {
    ApiKey key = known(expected);
    return new Told(
        answer -> SimFailure.same(key, ((KeyShown) answer).key(), "a key"), key.position());
  }

  /**
   * Compares what opens doors with what should, as far as somebody was told.
   *
   * @param told what rests on no later position is in force
   */
  static void knock(AuditedPartition book, KeyDirectory directory, long told, long nowMs) {
    Ring ring = book.ring;
    for (ApiKey key : ring.keys.values()) {
      if (key.position() <= told) {
        boolean isAlive = nowMs < key.expiresAtMs();
        opens(directory, key, key.secret(), isAlive, nowMs);
        if (!key.before().equals(Secret.NONE)) {
          opens(directory, key, key.before(), isAlive && nowMs < key.before().endsAtMs(), nowMs);
        }
      }
    }
    ring.shut.forEach(
        (secret, at) ->
            SimFailure.require(
                at > told || directory.find(secret.hashHigh(), secret.hashLow(), nowMs) == null,
                "a secret that was taken back opens a door"));
  }

  private static void opens(
      KeyDirectory directory, ApiKey key, Secret secret, boolean isGood, long nowMs) {
    LiveKey found = directory.find(secret.hashHigh(), secret.hashLow(), nowMs);
    SimFailure.same(isGood, found != null, "whether a secret opens a door");
    if (found != null) {
      SimFailure.same(key.keyId(), found.key().keyId(), "whose secret it is");
      SimFailure.same(key.scopes(), found.key().scopes(), "what a secret opens");
    }
  }
}
