// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hongbao.engine.ClientKey;
import io.hongbao.engine.Command;
import io.hongbao.engine.KeyedCommand;
import io.hongbao.ledger.Hold;
import java.util.List;
import java.util.Map;

/** What can be asked about accounts; all of it in the partition of the user, books in any. */
public sealed interface AccountCommand extends Command {

  @Override
  default int schemaId() {
    return AccountCodec.SCHEMA_ID;
  }

  /** Money comes in from outside. */
  record TopUp(
      ClientKey key, long userId, int asset, long amountMinor, String reason, String operator)
      implements AccountCommand, KeyedCommand {}

  /** Undoes a top-up by a new posting; the old one stays. */
  record ReverseTransaction(
      ClientKey key, long userId, long transactionId, String reason, String operator)
      implements AccountCommand, KeyedCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /**
   * Sets a part of the balance aside.
   *
   * @param deadlineMs internal: released by itself; external: asked after from then on
   */
  record PlaceHold(
      ClientKey key,
      long userId,
      int asset,
      long amountMinor,
      Hold.Kind kind,
      long deadlineMs,
      String reason,
      String operator)
      implements AccountCommand, KeyedCommand {}

  /**
   * Takes held money out, to the outside.
   *
   * @param amountMinor how much, or {@link #ALL} that is still held
   * @param receipt what shows that it happened; only with one is a post taken for a released
   *     external hold. Empty = none
   */
  record PostHold(
      ClientKey key, long userId, long holdId, long amountMinor, String receipt, String operator)
      implements AccountCommand, KeyedCommand {

    /** All that is left. */
    public static final long ALL = 0;

    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /**
   * Frees what is still held.
   *
   * @param receipt what shows that nothing happened outside; needed for an external hold. Empty =
   *     none
   */
  record ReleaseHold(ClientKey key, long userId, long holdId, String receipt, String operator)
      implements AccountCommand, KeyedCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** Asks for balances in these assets. */
  record ReadAccount(long userId, List<Integer> assets) implements AccountCommand {
    public ReadAccount {
      assets = List.copyOf(assets);
    }
  }

  /** Asks for a hold as it stands. */
  record ReadHold(long userId, long holdId) implements AccountCommand {}

  /** Adds up everything in the partition that was asked. */
  record ReadBooks() implements AccountCommand {}

  /** In place of an owner: whoever owns the hold that is named. */
  long ANY_OWNER = 0;

  /** What a transfer says beside its legs. */
  record Note(String reference, String reason, Metadata metadata, String operator) {

    /** Bytes that it needs in a record, each text with its length. */
    int bytesMax() {
      return 16
          + reference.length()
          + reason.getBytes(UTF_8).length
          + operator.getBytes(UTF_8).length
          + metadata.sizeBytes();
    }
  }

  /**
   * One leg as it is asked for.
   *
   * @param reversedLeg which leg of the transfer that is undone, or 0
   */
  record Move(long fromId, long toId, int asset, long amountMinor, int reversedLeg) {

    /** Bytes of the event that it becomes, with its length and header. */
    static final int RECORD_BYTES = 80;
  }

  /** One transfer as it is asked for; all accounts that pay live in the partition that is asked. */
  record Booking(List<Move> moves, Note note) {

    /** A record of more legs would make everybody behind it wait. */
    public static final int LEGS_MAX = 100;

    public Booking {
      moves = List.copyOf(moves);
    }

    int recordBytesMax() {
      // The head without its texts has some 40 bytes, a stored key 60.
      return 128 + moves.size() * Move.RECORD_BYTES + note.bytesMax();
    }
  }

  /** Moves money by one transfer. */
  record BookTransfer(ClientKey key, Booking booking) implements AccountCommand, KeyedCommand {
    @Override
    public int recordBytesMax() {
      return booking.recordBytesMax();
    }
  }

  /** Moves money by several transfers, all of them or none. */
  record BookBatch(ClientKey key, List<Booking> bookings) implements AccountCommand, KeyedCommand {

    /** Legs of all transfers together. */
    public static final int LEGS_MAX = 1_000;

    public BookBatch {
      bookings = List.copyOf(bookings);
    }

    @Override
    public int recordBytesMax() {
      return bookings.stream().mapToInt(Booking::recordBytesMax).sum();
    }
  }

  /**
   * Undoes legs of a transfer by a new one, in the partition where their money lies.
   *
   * @param legs their numbers; all of them, or nothing happens
   */
  record ReverseTransfer(ClientKey key, long transferId, List<Integer> legs, Note note)
      implements AccountCommand, KeyedCommand {
    public ReverseTransfer {
      legs = List.copyOf(legs);
    }

    @Override
    public boolean mayUseReserve() {
      return true;
    }

    @Override
    public int recordBytesMax() {
      // Each leg also leaves a mark that it was undone.
      return 256 + legs.size() * 2 * Move.RECORD_BYTES + note.bytesMax();
    }
  }

  /** Asks for a transfer, in the partition that decided it. */
  record ReadTransfer(long transferId) implements AccountCommand {}

  /**
   * Takes held money, to the outside or to an account.
   *
   * @param ownerId whose hold, or {@link #ANY_OWNER}
   * @param amountMinor how much, or {@link PostHold#ALL} that is still held
   * @param toId an owner, or {@link Leg#CLEARING}
   * @param isFinal releases what is left
   * @param receipt as in {@link PostHold}
   */
  record DrawHold(
      ClientKey key,
      long ownerId,
      long holdId,
      long amountMinor,
      long toId,
      boolean isFinal,
      String receipt,
      Note note)
      implements AccountCommand, KeyedCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }

    @Override
    public int recordBytesMax() {
      return 2048 + note.bytesMax();
    }
  }

  /** Asks for external holds past their deadline, by id, above one id. */
  record ReadAskedHolds(long afterId, int limit) implements AccountCommand {}

  /** Asks for all of an owner's accounts in these assets, with limits and metadata. */
  record ReadOwner(long ownerId, List<Integer> assets) implements AccountCommand {
    public ReadOwner {
      assets = List.copyOf(assets);
    }
  }

  /** Puts entries over an owner's metadata and takes others away; a repeat changes nothing. */
  record ChangeMetadata(
      long ownerId, Map<String, String> set, List<String> removed, String operator)
      implements AccountCommand {
    public ChangeMetadata {
      set = Map.copyOf(set);
      removed = List.copyOf(removed);
    }

    @Override
    public int recordBytesMax() {
      return 1024 + Metadata.BYTES_MAX;
    }
  }

  /** Sets what a wallet may do; a repeat changes nothing. */
  record ChangeLimits(
      long ownerId,
      int asset,
      long lowerMinor,
      long upperMinor,
      boolean isFrozen,
      boolean isClosed,
      String reason,
      String operator)
      implements AccountCommand {}

  /** Asks for open entries in suspense, by number, above one number. */
  record ReadSuspense(long afterNumber, int limit) implements AccountCommand {}

  /**
   * Moves an entry out of suspense; one that is below zero is paid back.
   *
   * @param otherId the account that gets (or pays) it, or {@link Leg#CLEARING}
   */
  record SettleSuspense(ClientKey key, long number, long otherId, Note note)
      implements AccountCommand, KeyedCommand {
    @Override
    public boolean mayUseReserve() {
      return true;
    }
  }

  /** Asks what a command would lead to, without doing it; its key is neither used nor looked up. */
  record Preview(AccountCommand command) implements AccountCommand {}
}
