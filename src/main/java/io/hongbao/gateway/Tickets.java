// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.hongbao.session.Session;
import io.hongbao.time.Randomness;
import io.hongbao.time.TimeSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Single-use tickets: what a page hands over instead of a token, where a header cannot be set.
 *
 * <p>Only hashes are kept, in memory: a restart makes tickets of the last minute worthless, and a
 * page asks for another.
 *
 * <p><b>Thread:</b> any.
 *
 * <p><b>Limit:</b> {@link #COUNT_MAX} that are not used yet.
 */
public final class Tickets {

  /** How long one is good. */
  public static final long LIFE_MS = 60_000;

  static final int COUNT_MAX = 1 << 18;
  private static final String PREFIX = "hbt_";
  private static final int SECRET_BYTES = 24;
  private static final int SWEEP_EVERY = 1 << 12;

  private record Ticket(Session session, long untilNanos) {}

  private final Map<String, Ticket> open = new ConcurrentHashMap<>();
  private final TimeSource time;
  private final Randomness randomness;
  private int untilSweep = SWEEP_EVERY;

  Tickets(TimeSource time, Randomness randomness) {
    this.time = time;
    this.randomness = randomness;
  }

  /** Tickets that are not used yet, some of them too old. */
  public int count() {
    return open.size();
  }

  /** Makes a ticket for whoever the session speaks for; null when there are too many. */
  public @Nullable String make(Session session) {
    long nowNanos = time.nanos();
    sweepNowAndThen(nowNanos);
    if (open.size() >= COUNT_MAX) {
      return null;
    }
    byte[] secret = new byte[SECRET_BYTES];
    randomness.nextBytes(secret);
    String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    open.put(hash(text), new Ticket(session, nowNanos + LIFE_MS * 1_000_000));
    return text;
  }

  /** Whether a text looks like a ticket. */
  static boolean isTicket(String text) {
    return text.startsWith(PREFIX);
  }

  /** Takes a ticket; null when there is no such one, or it is used or too old. */
  @Nullable Session take(String text) {
    Ticket ticket = text.startsWith(PREFIX) ? open.remove(hash(text)) : null;
    return ticket == null || ticket.untilNanos() - time.nanos() < 0 ? null : ticket.session();
  }

  private synchronized void sweepNowAndThen(long nowNanos) {
    if (--untilSweep <= 0) {
      untilSweep = SWEEP_EVERY;
      open.values().removeIf(ticket -> ticket.untilNanos() - nowNanos < 0);
    }
  }

  private static String hash(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
