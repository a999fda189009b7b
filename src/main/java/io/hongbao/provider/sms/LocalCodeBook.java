// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
package io.hongbao.provider.sms;

import io.hongbao.time.Randomness;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The codes in the memory of this process.
 *
 * <p><b>Thread:</b> any, one at a time; each call takes some hundred nanoseconds.
 *
 * <p><b>Limit:</b> {@code sms.phones_max} phones and as many addresses; the one that asked longest
 * ago goes first.
 */
public final class LocalCodeBook implements CodeBook {

  private static final long DAY_MS = 24 * 3_600_000L;
  private static final long HOUR_MS = 3_600_000L;
  private static final int CODES = 1_000_000;

  private final Limits limits;
  private final Randomness randomness;
  private final Map<String, Entry> phones;
  private final Map<String, Window> addresses;

  /** The limits, see {@code sms.*} of the configuration. */
  public record Limits(
      long lifeMs,
      long resendAfterMs,
      int attemptsMax,
      int perPhoneDayMax,
      int perAddressHourMax,
      int phonesMax) {}

  public LocalCodeBook(Limits limits, Randomness randomness) {
    this.limits = limits;
    this.randomness = randomness;
    this.phones = bounded(limits.phonesMax());
    this.addresses = bounded(limits.phonesMax());
  }

  private static <T> Map<String, T> bounded(int max) {
    // Access order: who asks again is young again.
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
        return size() > max;
      }
    };
  }

  /** So many within a time that begins with the first. */
  private static final class Window {
    private long endsAtMs;
    private int count;

    /** When the next is allowed; not after now if it is. */
    long nextAtMs(int max, long nowMs) {
      return nowMs >= endsAtMs || count < max ? nowMs : endsAtMs;
    }

    void add(long lengthMs, long nowMs) {
      if (nowMs >= endsAtMs) {
        endsAtMs = nowMs + lengthMs;
        count = 0;
      }
      count++;
    }
  }

  private static final class Entry {
    private final Window day = new Window();
    private long sentAtMs = Long.MIN_VALUE / 2;
    private String code = "";
    private CodePurpose purpose = CodePurpose.LOGIN;
    private long expiresAtMs;
    private int wrong;
  }

  @Override
  public synchronized Issue issue(String phone, CodePurpose purpose, String address, long nowMs) {
    Entry entry = phones.computeIfAbsent(phone, one -> new Entry());
    Window from = addresses.computeIfAbsent(address, one -> new Window());
    long nextAtMs =
        Math.max(
            entry.sentAtMs + limits.resendAfterMs(),
            Math.max(
                entry.day.nextAtMs(limits.perPhoneDayMax(), nowMs),
                from.nextAtMs(limits.perAddressHourMax(), nowMs)));
    if (nextAtMs > nowMs) {
      return new Issue.TooSoon(nextAtMs);
    }
    entry.day.add(DAY_MS, nowMs);
    from.add(HOUR_MS, nowMs);
    entry.sentAtMs = nowMs;
    entry.code = "%06d".formatted(Long.remainderUnsigned(randomness.nextLong(), CODES));
    entry.purpose = purpose;
    entry.expiresAtMs = nowMs + limits.lifeMs();
    entry.wrong = 0;
    return new Issue.Issued(entry.code, entry.expiresAtMs, nowMs + limits.resendAfterMs());
  }

  @Override
  public synchronized void withdraw(String phone) {
    Entry entry = phones.get(phone);
    if (entry != null) {
      entry.code = "";
    }
  }

  @Override
  public synchronized boolean redeem(String phone, CodePurpose purpose, String code, long nowMs) {
    Entry entry = phones.get(phone);
    if (entry == null || entry.code.isEmpty()) {
      return false;
    }
    boolean isRight =
        MessageDigest.isEqual(ascii(entry.code), ascii(code))
            && entry.purpose == purpose
            && nowMs < entry.expiresAtMs;
    entry.wrong += isRight ? 0 : 1;
    if (isRight || entry.wrong >= limits.attemptsMax()) {
      entry.code = "";
    }
    return isRight;
  }

  @Override
  public synchronized int size() {
    return phones.size();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
