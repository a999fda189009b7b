// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Command;
import org.jspecify.annotations.Nullable;

/** What can be asked about people; each in the partition of what it names first. */
public sealed interface PersonCommand extends Command {

  /** Longest record: all texts of a profile at their limits, four bytes a character, and claims. */
  int RECORD_BYTES_MAX = 8_192;

  @Override
  default int schemaId() {
    return PersonCodec.SCHEMA_ID;
  }

  @Override
  default int recordBytesMax() {
    return RECORD_BYTES_MAX;
  }

  /** A claim that was granted: whose handle it is to be, and how long it is kept. */
  record Claim(HandleHash hash, long untilMs) {

    /** Where no claim was needed. */
    public static final Claim NONE = new Claim(HandleHash.NONE, 0);
  }

  /** In the handle's partition: keep it for this user. */
  record ClaimHandle(HandleKind kind, HandleHash hash, long userId) implements PersonCommand {}

  /** In the handle's partition: the claim is not needed; only by who will never use it. */
  record DropClaim(HandleHash hash, long userId, long untilMs) implements PersonCommand {}

  /** In the handle's partition: whose is it? */
  record FindHandle(HandleHash hash) implements PersonCommand {}

  /** In the user's partition: he exists from now on. */
  record RegisterPerson(
      long userId,
      String userName,
      Claim name,
      String phoneMasked,
      Claim phone,
      String passwordHash,
      String nickname)
      implements PersonCommand {}

  /**
   * In the user's partition: change what is not null.
   *
   * @param external claim of the external id, {@link Claim#NONE} when that is not changed
   */
  record ChangeProfile(
      long userId,
      @Nullable String externalId,
      Claim external,
      @Nullable String nickname,
      @Nullable String avatarUrl,
      @Nullable String city)
      implements PersonCommand {}

  /** In the user's partition: who is that? */
  record ReadPerson(long userId) implements PersonCommand {}

  /**
   * In the user's partition: somebody wants to prove that he is this user. Counts as a failure at
   * once, so that guesses that run side by side are bounded as well.
   *
   * @param by the handle by which he was found, {@link HandleHash#NONE} when by his token
   */
  record BeginAttempt(long userId, HandleHash by) implements PersonCommand {}

  /** In the user's partition: the attempt that was begun has succeeded. */
  record EndAttempt(long userId) implements PersonCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /**
   * In the user's partition: another password.
   *
   * @param expected the hash that it replaces; empty when any
   */
  record ChangePassword(long userId, PasswordCause cause, String expected, String passwordHash)
      implements PersonCommand {}

  /** In the user's partition: what does he log in with? */
  record ReadLogin(long userId) implements PersonCommand {}

  /**
   * In the user's partition: he logs in with this from now on; makes the person when there is none.
   */
  record GiveLogin(long userId, String userName, Claim name, String passwordHash)
      implements PersonCommand {

    @Override
    public String toString() {
      return "GiveLogin[" + userId + "]";
    }
  }

  /**
   * In the user's partition: is that still the hash of his password? Asked once a login that it
   * opened is durable: a change before that is seen here, one after it ends the login.
   */
  record AskPassword(long userId, String passwordHash) implements PersonCommand {

    @Override
    public String toString() {
      return "AskPassword[" + userId + "]";
    }
  }

  /** In the user's partition: the failures of the day are forgiven. */
  record ForgiveAttempts(long userId, String actor) implements PersonCommand {}

  /** In the address' partition: may it try? */
  record ReadAddress(HandleHash hash) implements PersonCommand {}

  /** In the address' partition: a login from there failed. */
  record FailAddress(HandleHash hash) implements PersonCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }
}
