// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.model;

import java.util.Locale;

/**
 * Every reason for which a command or a request is not carried out.
 *
 * <p>A refusal is a value: it has a number that never changes its meaning (it stands in journals),
 * a name that clients may rely on, an HTTP status, and says whether trying again makes sense.
 * Numbers: 1xx request, 2xx identity, 3xx load, 4xx money, 5xx red packets, 6xx payment, 7xx rooms,
 * 8xx sandbox, 9xx people, 10xx events and webhooks.
 */
public enum RefusalCode {
  MALFORMED_REQUEST(101, 400, Retry.NEVER, "The request is not what the contract describes."),
  UNKNOWN_FIELD(102, 400, Retry.NEVER, "The request has a field that the contract does not know."),
  BODY_TOO_LARGE(103, 413, Retry.NEVER, "The body is larger than the server reads."),
  UNSUPPORTED_MEDIA_TYPE(104, 415, Retry.NEVER, "The body must be application/json."),
  NOT_FOUND(105, 404, Retry.NEVER, "There is nothing here, or nothing that you may see."),
  METHOD_NOT_ALLOWED(106, 405, Retry.NEVER, "The resource does not take this method."),
  REQUEST_TIMEOUT(107, 408, Retry.SAME_KEY, "The request did not arrive whole in time."),
  INTERNAL_ERROR(
      108, 500, Retry.SAME_KEY, "The server failed; the outcome can be asked with the same key."),
  KEY_MISSING(110, 400, Retry.NEVER, "This call moves value and needs an Idempotency-Key."),
  KEY_MALFORMED(
      111, 400, Retry.NEVER, "An Idempotency-Key is 1 to 128 printable ASCII characters."),
  KEY_REUSED(112, 409, Retry.NEVER, "The Idempotency-Key was used before with another request."),
  KEY_TOO_OLD(
      113,
      409,
      Retry.NEVER,
      "The Idempotency-Key was made or first used before the idempotency window."),
  KEY_IN_FUTURE(114, 409, Retry.NEVER, "The time in the UUIDv7 key lies in the future."),

  UNAUTHENTICATED(201, 401, Retry.NEVER, "The token is missing, unknown, or expired."),
  FORBIDDEN(202, 403, Retry.NEVER, "The token does not allow this call."),
  API_KEY_LIMIT(203, 409, Retry.NEVER, "There are as many API keys as allowed; revoke one first."),

  OVERLOADED(301, 503, Retry.AFTER, "The server is at one of its limits; nothing was done."),
  PACKET_OVERLOADED(
      302, 503, Retry.AFTER, "Too many opens of this packet are under way; nothing was done."),
  READ_MODEL_UNAVAILABLE(303, 503, Retry.AFTER, "Lists and history cannot be read at the moment."),
  READ_MODEL_BEHIND(304, 503, Retry.AFTER, "Lists have not reached the asked position yet."),
  SHUTTING_DOWN(305, 503, Retry.AFTER, "The server is stopping; nothing was done."),
  RATE_LIMITED(306, 429, Retry.AFTER, "Too many requests."),
  DEGRADED(
      310,
      503,
      Retry.AFTER,
      "This is not served at the moment, so that money goes on undisturbed."),

  UNKNOWN_ASSET(401, 409, Retry.NEVER, "There is no such asset."),
  AMOUNT_OUT_OF_RANGE(402, 409, Retry.NEVER, "The amount lies outside the limits of its asset."),
  INSUFFICIENT_FUNDS(403, 409, Retry.NEVER, "The available balance does not cover the amount."),
  BALANCE_LIMIT(404, 409, Retry.NEVER, "The account's balance would pass its upper limit."),
  HOLD_NOT_FOUND(405, 404, Retry.NEVER, "There is no such hold."),
  HOLD_CLOSED(406, 409, Retry.NEVER, "The hold has been posted or released before."),
  HOLD_OUTCOME_UNKNOWN(
      407,
      409,
      Retry.NEVER,
      "An external hold is released only on a known failure or with a receipt."),
  TRANSACTION_NOT_FOUND(
      408, 404, Retry.NEVER, "There is no such transaction that could be reversed."),
  ALREADY_REVERSED(409, 409, Retry.NEVER, "The transaction has been reversed before."),
  HOLD_AMOUNT(410, 409, Retry.NEVER, "The amount is more than what the hold still has."),
  ACCOUNT_FROZEN(411, 409, Retry.NEVER, "The account is frozen: no money leaves it."),
  ACCOUNT_CLOSED(412, 409, Retry.NEVER, "The account is closed."),
  ACCOUNT_IN_USE(
      413, 409, Retry.NEVER, "The account's balance or holds do not allow these limits."),
  METADATA_LIMIT(414, 409, Retry.NEVER, "The metadata would have too many keys or bytes."),
  SOURCES_APART(
      415,
      409,
      Retry.NEVER,
      "The accounts that pay live in different partitions; hold at each, then post each hold."),
  TRANSFER_NOT_FOUND(416, 404, Retry.NEVER, "There is no such transfer, or none to reverse."),
  TRANSFER_NOT_SETTLED(417, 409, Retry.AFTER, "A leg of the transfer is still on its way."),
  SUSPENSE_NOT_FOUND(418, 404, Retry.NEVER, "There is no such open entry in suspense."),
  SUSPENSE_REFUNDING(
      419, 409, Retry.NEVER, "The provider is being asked to give this payment back."),
  LEG_SUSPENDED(
      420, 409, Retry.NEVER, "A leg lies in suspense; an operator has to settle it first."),

  TOTAL_OUT_OF_RANGE(501, 409, Retry.NEVER, "The total lies outside the limits for red packets."),
  COUNT_OUT_OF_RANGE(502, 409, Retry.NEVER, "The number of shares lies outside the limits."),
  SHARE_TOO_SMALL(503, 409, Retry.NEVER, "The total leaves less than the smallest share for each."),
  SHARE_TOO_LARGE(504, 409, Retry.NEVER, "The total leaves more than the largest share for each."),
  INDIVISIBLE(
      505, 409, Retry.NEVER, "An equal packet's total must divide by its number of shares."),
  GREETING_TOO_LONG(506, 409, Retry.NEVER, "The greeting is too long."),
  AUDIENCE_INVALID(
      507, 409, Retry.NEVER, "The packet needs exactly one audience that fits its kind."),
  EXPIRED(520, 410, Retry.NEVER, "The packet has expired."),
  EMPTY(521, 410, Retry.NEVER, "All shares have been opened."),
  ALL_RESERVED(522, 409, Retry.AFTER, "All remaining shares are reserved; some may come free."),
  PACKET_NOT_CLOSED(523, 409, Retry.AFTER, "The seed is revealed when the packet is closed."),

  PROVIDER_UNKNOWN(601, 409, Retry.NEVER, "There is no such payment provider."),
  NOTICE_FORGED(603, 401, Retry.NEVER, "The notice's signature does not fit."),
  NOTICE_MISMATCH(604, 409, Retry.NEVER, "The notice does not fit the order."),

  ROOM_NOT_FOUND(701, 404, Retry.NEVER, "There is no such room, or you are not in it."),
  ROOM_FULL(702, 409, Retry.NEVER, "The room would have more members than allowed."),
  ROOM_EXISTS(703, 409, Retry.NEVER, "A room with this id exists with other properties."),
  NOT_A_MEMBER(704, 409, Retry.NEVER, "Only members of a room can send into it."),
  TEXT_NOT_ALLOWED(710, 409, Retry.NEVER, "The text holds a word that is not allowed here."),
  MUTED(711, 403, Retry.AFTER, "You may not speak in this room for some time."),
  BANNED(712, 403, Retry.AFTER, "You may not be in this room for some time."),
  CHAT_CLOSED(713, 403, Retry.NEVER, "Only moderators speak in this room at the moment."),
  FOLLOWERS_ONLY(714, 403, Retry.NEVER, "Only who follows this room speaks in it at the moment."),
  EMOTES_ONLY(715, 409, Retry.NEVER, "Only emotes are said in this room at the moment."),
  ALREADY_WAITING(
      716, 409, Retry.AFTER, "A message of yours waits for its turn in this room already."),
  ROOM_CROWDED(717, 503, Retry.AFTER, "As many messages as allowed wait in this room already."),
  ROOM_LIST_FULL(718, 409, Retry.NEVER, "The list has as many entries as it may have."),

  CLOCK_BACKWARD(801, 409, Retry.NEVER, "The sandbox clock moves forward only."),

  LOGIN_FAILED(
      901,
      401,
      Retry.NEVER,
      "The user name or the password is wrong, or too many logins of this user failed today."),
  LOGIN_BLOCKED(902, 429, Retry.AFTER, "Too many logins failed; try again when the day is over."),
  CODE_WRONG(903, 401, Retry.NEVER, "The code is wrong, used, too old, or was never sent."),
  CODE_TOO_SOON(904, 429, Retry.AFTER, "A code was sent a moment ago; wait for the next one."),
  CODE_NOT_SENT(905, 503, Retry.AFTER, "No message can be sent at the moment."),
  NAME_TAKEN(906, 409, Retry.NEVER, "The user name belongs to somebody else."),
  PHONE_TAKEN(907, 409, Retry.NEVER, "The phone belongs to somebody else."),
  EXTERNAL_ID_TAKEN(908, 409, Retry.NEVER, "The external id belongs to another user."),
  REFRESH_REUSED(
      909,
      401,
      Retry.NEVER,
      "The refresh token was used before; the session has been closed, log in again."),
  PASSWORD_UNSUITABLE(910, 409, Retry.NEVER, "The password is too easy to guess."),

  CURSOR_UNKNOWN(
      1001, 410, Retry.NEVER, "The cursor belongs to another log, or to one no longer kept."),
  WEBHOOK_LIMIT(1002, 409, Retry.NEVER, "There are as many webhooks as allowed; delete one first.");

  /** Whether the same request can succeed later. */
  public enum Retry {
    /** The answer will not change. */
    NEVER,
    /** The outcome is unknown to the caller; ask with the same Idempotency-Key. */
    SAME_KEY,
    /** Try again after the time in Retry-After. */
    AFTER
  }

  /** No code has a larger number. */
  public static final int NUMBER_MAX = 1_099;

  private static final RefusalCode[] BY_NUMBER = new RefusalCode[NUMBER_MAX + 1];

  static {
    for (RefusalCode code : values()) {
      Check.that(BY_NUMBER[code.number] == null, "refusal number used twice");
      BY_NUMBER[code.number] = code;
    }
  }

  private final int number;
  private final int httpStatus;
  private final Retry retry;
  private final String sentence;
  private final String wireName;

  RefusalCode(int number, int httpStatus, Retry retry, String sentence) {
    this.number = number;
    this.httpStatus = httpStatus;
    this.retry = retry;
    this.sentence = sentence;
    this.wireName = name().toLowerCase(Locale.ROOT);
  }

  /** Stable number, as journaled. */
  public int number() {
    return number;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public Retry retry() {
    return retry;
  }

  /** One sentence for people. */
  public String sentence() {
    return sentence;
  }

  /** The {@code code} of the problem document: the name in lower case. */
  public String wireName() {
    return wireName;
  }

  /** Finds the code that a journal holds. */
  public static RefusalCode ofNumber(int number) {
    RefusalCode code = number > 0 && number < BY_NUMBER.length ? BY_NUMBER[number] : null;
    return Check.present(code, "refusal code");
  }
}
