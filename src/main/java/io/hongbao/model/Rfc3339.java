// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.model;

import java.nio.charset.StandardCharsets;

/**
 * Writes and reads times in the one form of the contract: RFC 3339 in UTC, {@code
 * 2026-02-16T12:00:00.000Z}.
 *
 * <p>By hand, since every answer has times in it: {@code java.time} makes some ten objects for
 * each.
 *
 * <p><b>Limit:</b> the years 0000 to 9999, which RFC 3339 can write.
 */
public final class Rfc3339 {

  /** {@code 2026-02-16T12:00:00.000Z}. */
  public static final int SIZE_BYTES = 24;

  /** What {@link #parseMs} gives for a text that is no time; lies outside the years it can give. */
  public static final long NOT_A_TIME = Long.MIN_VALUE;

  /** 0000-01-01T00:00:00.000Z. */
  public static final long MS_MIN = -62_167_219_200_000L;

  /** 9999-12-31T23:59:59.999Z. */
  public static final long MS_MAX = 253_402_300_799_999L;

  private static final long DAY_MS = 86_400_000L;

  // Days from 0000-03-01 to 1970-01-01. Years are counted from March, so that the leap day is the
  // last of its year and months need no table.
  private static final int EPOCH_DAY_FROM_MARCH = 719_468;
  private static final int DAYS_OF_400_YEARS = 146_097;

  // Texts with the longest fraction: 20 characters to the Z, a full stop, 9 digits.
  private static final int TEXT_LENGTH_MIN = 20;
  private static final int TEXT_LENGTH_MAX = 30;
  private static final int[] DAYS_OF_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private Rfc3339() {}

  /** Writes {@link #SIZE_BYTES} bytes from the given offset on. */
  public static void write(byte[] target, int offset, long epochMs) {
    Check.atLeast(epochMs, MS_MIN, "time to write");
    Check.atMost(epochMs, MS_MAX, "time to write");
    int day = (int) Math.floorDiv(epochMs, DAY_MS) + EPOCH_DAY_FROM_MARCH;
    int era = Math.floorDiv(day, DAYS_OF_400_YEARS);
    int dayOfEra = day - era * DAYS_OF_400_YEARS;
    // 1460 days are four years without their leap day, 36524 a century, 146096 the whole era: each
    // quotient takes the leap days out again, so that what is left divides by 365.
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    // From March on the months have 31 30 31 30 31 days, again and again: 153 days in five months.
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);

    digits(target, offset, 4, year);
    target[offset + 4] = '-';
    digits(target, offset + 5, 2, month);
    target[offset + 7] = '-';
    digits(target, offset + 8, 2, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1);
    target[offset + 10] = 'T';
    writeTimeOfDay(target, offset + 11, (int) Math.floorMod(epochMs, DAY_MS));
    target[offset + 23] = 'Z';
  }

  /** The time as text. */
  public static String format(long epochMs) {
    byte[] bytes = new byte[SIZE_BYTES];
    write(bytes, 0, epochMs);
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /**
   * Reads {@code YYYY-MM-DDTHH:MM:SS[.fraction]Z} with one to nine digits of fraction; what is
   * below a millisecond is cut off. Leap seconds and zones other than Z are not taken.
   *
   * @return milliseconds since 1970, or {@link #NOT_A_TIME}
   */
  public static long parseMs(CharSequence text) {
    int length = text.length();
    if (length < TEXT_LENGTH_MIN
        || length > TEXT_LENGTH_MAX
        || text.charAt(length - 1) != 'Z'
        || text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      return NOT_A_TIME;
    }
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    int milli = fractionMs(text, length);
    boolean isTime =
        year >= 0
            && month >= 1
            && month <= 12
            && day >= 1
            && day <= daysOf(year, month)
            && hour >= 0
            && hour <= 23
            && minute >= 0
            && minute <= 59
            && second >= 0
            && second <= 59
            && milli >= 0;
    return isTime
        ? epochDay(year, month, day) * DAY_MS
            + ((hour * 60L + minute) * 60L + second) * 1000L
            + milli
        : NOT_A_TIME;
  }

  private static void writeTimeOfDay(byte[] target, int offset, int msOfDay) {
    digits(target, offset, 2, msOfDay / 3_600_000);
    target[offset + 2] = ':';
    digits(target, offset + 3, 2, msOfDay / 60_000 % 60);
    target[offset + 5] = ':';
    digits(target, offset + 6, 2, msOfDay / 1000 % 60);
    target[offset + 8] = '.';
    digits(target, offset + 9, 3, msOfDay % 1000);
  }

  private static void digits(byte[] target, int offset, int count, int number) {
    int rest = number;
    for (int i = offset + count - 1; i >= offset; i--) {
      target[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  // The number in text[from, to), or -1 when one of the characters is no digit.
  private static int number(CharSequence text, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }

  private static int fractionMs(CharSequence text, int length) {
    if (length == TEXT_LENGTH_MIN) {
      return 0;
    }
    int from = TEXT_LENGTH_MIN;
    int to = length - 1;
    if (text.charAt(from - 1) != '.' || to <= from || number(text, from, to) < 0) {
      return -1;
    }
    int milli = number(text, from, Math.min(to, from + 3));
    for (int i = to; i < from + 3; i++) {
      milli *= 10;
    }
    return milli;
  }

  private static int daysOf(int year, int month) {
    boolean isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return month == 2 && isLeapYear ? 29 : DAYS_OF_MONTH[month - 1];
  }

  private static long epochDay(int year, int month, int day) {
    int yearFromMarch = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(yearFromMarch, 400);
    int yearOfEra = yearFromMarch - era * 400;
    int monthFromMarch = month > 2 ? month - 3 : month + 9;
    int dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) era * DAYS_OF_400_YEARS + dayOfEra - EPOCH_DAY_FROM_MARCH;
  }
}
