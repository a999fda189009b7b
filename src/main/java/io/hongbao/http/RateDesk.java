// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Rate limits".
package io.hongbao.http;

import io.hongbao.http.rate.RateClass;
import io.hongbao.http.rate.RateLimiter;
import io.hongbao.http.rate.RateLimiter.Verdict;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import io.vertx.core.http.HttpHeaders;
import java.util.EnumMap;
import java.util.Map;

/**
 * Takes a request from its caller's quota, and says in headers how much is left.
 *
 * <p><b>Thread:</b> the loop's; the quotas behind it are shared by all loops.
 */
final class RateDesk {

  private static final CharSequence RATE_LIMIT = HttpHeaders.createOptimized("RateLimit");
  private static final CharSequence RATE_LIMIT_POLICY =
      HttpHeaders.createOptimized("RateLimit-Policy");

  private final RateLimiter limiter;
  private final SourceAddress addresses;
  private final Map<RateClass, CharSequence> policies = new EnumMap<>(RateClass.class);

  RateDesk(EdgeParts parts) {
    this.limiter = parts.rates();
    this.addresses = new SourceAddress(parts.http().trustedProxies());
    for (RateClass rateClass : RateClass.values()) {
      policies.put(rateClass, HttpHeaders.createOptimized(limiter.policy(rateClass)));
    }
  }

  /**
   * Counts a request, when it is taken up, for whoever asks: a user with all his tokens together, a
   * key with both of its secrets.
   *
   * @param ofUsers what it counts as when a user asks; a key has a quota of its own
   * @return false when the exchange has been answered
   */
  boolean take(Exchange exchange, RateClass ofUsers) {
    Principal caller = exchange.principal();
    return caller.isKey()
        ? take(exchange, RateClass.KEY, callerOf(caller.keyId()), exchange.startNanos())
        : take(exchange, ofUsers, callerOf(caller.userId()), exchange.startNanos());
  }

  /**
   * Counts a request for the user it acts for, by whatever token or key.
   *
   * @return false when the exchange has been answered
   */
  boolean takeByUser(Exchange exchange, RateClass rateClass, long userId) {
    return take(exchange, rateClass, callerOf(userId), exchange.parts().time().nanos());
  }

  /** Counts a request for the address it comes from. */
  boolean takeByAddress(Exchange exchange, RateClass rateClass) {
    if (limiter.policy(rateClass).isEmpty()) {
      return true;
    }
    String address = addresses.of(exchange.call());
    return take(exchange, rateClass, callerOf(address), exchange.startNanos());
  }

  // Ids follow each other, and the limiter counts on numbers that are as good as chance: otherwise
  // one user's reads would be his neighbour's writes. (Stafford's mixing of 64 bits, reversible.)
  private static long callerOf(long id) {
    long mixed = (id ^ (id >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  // Any 64 bits that spread: who finds two addresses that meet has them share a quota.
  private static long callerOf(String address) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < address.length(); i++) {
      hash = (hash ^ address.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private boolean take(Exchange exchange, RateClass rateClass, long caller, long nowNanos) {
    long verdict = limiter.take(rateClass, caller, nowNanos);
    if (verdict == RateLimiter.UNLIMITED) {
      return true;
    }
    Call call = exchange.call();
    call.put(RATE_LIMIT_POLICY, Check.present(policies.get(rateClass), "policy"));
    call.put(RATE_LIMIT, left(rateClass, verdict));
    if (!Verdict.isRefused(verdict)) {
      return true;
    }
    exchange.refuse(
        new Problem(
            RefusalCode.RATE_LIMITED,
            "The quota of this caller is used up: " + limiter.policy(rateClass) + ".",
            Verdict.waitMs(verdict),
            exchange.requestId()),
        false);
    return false;
  }

  private static String left(RateClass rateClass, long verdict) {
    return "\""
        + rateClass.wireName()
        + "\";r="
        + Verdict.left(verdict)
        + ";t="
        + Verdict.fullAfterSeconds(verdict);
  }
}
