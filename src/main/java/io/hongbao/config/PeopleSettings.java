// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.time.DateTimeException;
import java.time.ZoneId;

/**
 * People: logins, passwords, codes and their limits.
 *
 * @param zone in which days end
 * @param addressesMax of all partitions together
 * @param passwordThreads 0 for half of the processor cores
 */
public record PeopleSettings(
    ZoneId zone,
    long accessMs,
    long refreshMs,
    int devicesMax,
    int failuresPerUserMax,
    int failuresPerAddressMax,
    int addressesMax,
    int passwordMemoryKib,
    int passwordIterations,
    int passwordThreads,
    int passwordQueueMax,
    Codes codes) {

  /** Codes sent by SMS. */
  public record Codes(
      long lifeMs,
      long resendAfterMs,
      int attemptsMax,
      int perPhoneDayMax,
      int perAddressHourMax,
      int phonesMax) {}

  static PeopleSettings of(SettingValues values) throws ConfigException {
    PeopleSettings settings =
        new PeopleSettings(
            zone(values),
            values.number(PeopleCatalogue.SESSION_ACCESS_TTL),
            values.number(PeopleCatalogue.SESSION_REFRESH_TTL),
            values.whole(PeopleCatalogue.SESSION_DEVICES_MAX),
            values.whole(PeopleCatalogue.LOGIN_FAILURES_USER_MAX),
            values.whole(PeopleCatalogue.LOGIN_FAILURES_ADDRESS_MAX),
            values.whole(PeopleCatalogue.LOGIN_ADDRESSES_MAX),
            (int) (values.number(PeopleCatalogue.PASSWORD_MEMORY) / 1024),
            values.whole(PeopleCatalogue.PASSWORD_ITERATIONS),
            values.isAuto(PeopleCatalogue.PASSWORD_THREADS)
                ? 0
                : values.whole(PeopleCatalogue.PASSWORD_THREADS),
            values.whole(PeopleCatalogue.PASSWORD_QUEUE_MAX),
            new Codes(
                values.number(PeopleCatalogue.SMS_CODE_TTL),
                values.number(PeopleCatalogue.SMS_RESEND_AFTER),
                values.whole(PeopleCatalogue.SMS_ATTEMPTS_MAX),
                values.whole(PeopleCatalogue.SMS_PER_PHONE_DAY_MAX),
                values.whole(PeopleCatalogue.SMS_PER_ADDRESS_HOUR_MAX),
                values.whole(PeopleCatalogue.SMS_PHONES_MAX)));
    if (settings.accessMs >= settings.refreshMs) {
      throw values.wrong(
          PeopleCatalogue.SESSION_ACCESS_TTL,
          "must be below " + PeopleCatalogue.SESSION_REFRESH_TTL.key());
    }
    return settings;
  }

  private static ZoneId zone(SettingValues values) throws ConfigException {
    try {
      return ZoneId.of(values.text(PeopleCatalogue.PEOPLE_ZONE));
    } catch (DateTimeException unknown) {
      throw values.wrong(PeopleCatalogue.PEOPLE_ZONE, "must be a time zone such as Asia/Shanghai");
    }
  }
}
