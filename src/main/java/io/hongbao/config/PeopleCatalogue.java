// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import static io.hongbao.config.Declare.automatic;
import static io.hongbao.config.Declare.bytes;
import static io.hongbao.config.Declare.duration;
import static io.hongbao.config.Declare.text;
import static io.hongbao.config.Declare.whole;

import io.hongbao.config.Setting.Secrecy;
import java.util.ArrayList;
import java.util.List;

/** The part of the catalogue about people: sessions, logins, passwords, messages to phones. */
public final class PeopleCatalogue {

  private static final List<Setting> ALL = new ArrayList<>();

  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;
  private static final long SECOND_MS = 1_000;
  private static final long HOUR_MS = 3_600 * SECOND_MS;
  private static final long DAY_MS = 24 * HOUR_MS;

  public static final Setting PEOPLE_ZONE =
      declare(
          "Time zone in which the days of people end, such as Asia/Shanghai.",
          text("people.zone", SettingType.STRING, "UTC"));
  public static final Setting SESSION_ACCESS_TTL =
      declare(
          "Life of an access token of a login.",
          duration("session.access_ttl", 15 * 60 * SECOND_MS, 10 * SECOND_MS, DAY_MS));
  public static final Setting SESSION_REFRESH_TTL =
      declare(
          "Life of a refresh token; a login that is not refreshed for so long has ended.",
          duration("session.refresh_ttl", 30 * DAY_MS, 60 * SECOND_MS, 366 * DAY_MS));
  public static final Setting SESSION_DEVICES_MAX =
      declare(
          "Devices on which one user is logged in; one more ends the one that was silent longest.",
          whole("session.devices_max", 10, 1, 100, "devices"));
  public static final Setting LOGIN_FAILURES_USER_MAX =
      declare(
          "Failed logins of one user after which he is blocked until the day's end.",
          whole("login.failures_user_max", 10, 1, 1_000, "failures"));
  public static final Setting LOGIN_FAILURES_ADDRESS_MAX =
      declare(
          "Failed logins from one network address after which it is blocked until the day's end.",
          whole("login.failures_address_max", 50, 1, 1_000_000, "failures"));
  public static final Setting LOGIN_ADDRESSES_MAX =
      declare(
          "Addresses whose failures are counted; one more takes the place of the one with fewest.",
          whole("login.addresses_max", 100_000, 1_000, 10_000_000, "addresses"));
  public static final Setting PASSWORD_MEMORY =
      declare(
          "Memory of one password hash (Argon2id).",
          bytes("password.memory", 19 * MIB, 8 * MIB, GIB));
  public static final Setting PASSWORD_ITERATIONS =
      declare(
          "Passes of one password hash over its memory.",
          whole("password.iterations", 2, 1, 100, "passes"));
  public static final Setting PASSWORD_THREADS =
      declare(
          "Threads that hash passwords; auto is half of the processor cores.",
          automatic("password.threads", SettingType.INT, 1, 256, "threads", Secrecy.PUBLIC));
  public static final Setting PASSWORD_QUEUE_MAX =
      declare(
          "Passwords that may wait for a thread; more are answered overloaded.",
          whole("password.queue_max", 64, 1, 10_000, "passwords"));
  public static final Setting SMS_CODE_TTL =
      declare(
          "Time for which a code sent by SMS is good.",
          duration("sms.code_ttl", 5 * 60 * SECOND_MS, 30 * SECOND_MS, HOUR_MS));
  public static final Setting SMS_RESEND_AFTER =
      declare(
          "Time before another code is sent to the same phone.",
          duration("sms.resend_after", 60 * SECOND_MS, SECOND_MS, HOUR_MS));
  public static final Setting SMS_ATTEMPTS_MAX =
      declare(
          "Wrong codes after which the code that was sent is worth nothing.",
          whole("sms.attempts_max", 5, 1, 100, "codes"));
  public static final Setting SMS_PER_PHONE_DAY_MAX =
      declare(
          "Codes that are sent to one phone within 24 hours.",
          whole("sms.per_phone_day_max", 10, 1, 1_000, "codes"));
  public static final Setting SMS_PER_ADDRESS_HOUR_MAX =
      declare(
          "Codes that one network address may ask for within an hour.",
          whole("sms.per_address_hour_max", 60, 1, 1_000_000, "codes"));
  public static final Setting SMS_PHONES_MAX =
      declare(
          "Phones and addresses that are remembered for these limits; one more drops the oldest.",
          whole("sms.phones_max", 100_000, 1_000, 10_000_000, "phones"));

  private PeopleCatalogue() {}

  static List<Setting> all() {
    return List.copyOf(ALL);
  }

  private static Setting declare(String doc, Setting kind) {
    Setting setting = kind.withDoc(doc);
    ALL.add(setting);
    return setting;
  }
}
