// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much one caller may ask for.
 *
 * @param rates by class of requests; a class that is off has none
 * @param callersMax how many callers are remembered at once
 */
public record RateSettings(Map<String, Rate> rates, int callersMax) {

  /**
   * Far above what a person does, and below what one loop serves: a token that is abused costs its
   * own user, and a backend's key is limited only when somebody says so.
   */
  static final String STANDARD =
      "read:2000/10s,write:1000/10s,list:500/10s,key:off,address:1000/10s,failure:200/10s,"
          + "chat:20/10s";

  private static final Pattern RATE = Pattern.compile("([a-z]+):(?:off|([0-9]{1,7})/([0-9a-z]+))");
  private static final long WINDOW_MS_MIN = 1_000;
  private static final long WINDOW_MS_MAX = 3_600_000;

  /** So many requests in so much time. */
  public record Rate(int count, long windowMs) {}

  public RateSettings {
    rates = Map.copyOf(rates);
  }

  static RateSettings of(SettingValues values) throws ConfigException {
    Map<String, Rate> rates = new LinkedHashMap<>();
    for (String part : STANDARD.split(",", -1)) {
      put(values, part, rates);
    }
    var known = Map.copyOf(rates);
    for (String part : values.parts(Settings.HTTP_RATE_LIMITS)) {
      if (!known.containsKey(part.split(":", 2)[0])) {
        throw values.wrong(
            Settings.HTTP_RATE_LIMITS,
            "must name classes among " + String.join(", ", rates.keySet()) + " (" + part + ")");
      }
      put(values, part, rates);
    }
    rates.values().removeIf(rate -> rate.count() == 0);
    int callers = values.whole(Settings.HTTP_RATE_CALLERS_MAX);
    if (Integer.bitCount(callers) != 1) {
      throw values.wrong(Settings.HTTP_RATE_CALLERS_MAX, "must be a power of two");
    }
    return new RateSettings(rates, callers);
  }

  private static void put(SettingValues values, String part, Map<String, Rate> rates)
      throws ConfigException {
    Matcher matcher = RATE.matcher(part);
    if (!matcher.matches()) {
      throw wrong(values, part);
    }
    String count = matcher.group(2);
    if (count == null) {
      rates.put(matcher.group(1), new Rate(0, WINDOW_MS_MIN));
      return;
    }
    OptionalLong windowMs = Units.parseDurationMs(matcher.group(3));
    if (windowMs.isEmpty()
        || Integer.parseInt(count) == 0
        || windowMs.getAsLong() % WINDOW_MS_MIN != 0
        || windowMs.getAsLong() < WINDOW_MS_MIN
        || windowMs.getAsLong() > WINDOW_MS_MAX) {
      throw wrong(values, part);
    }
    rates.put(matcher.group(1), new Rate(Integer.parseInt(count), windowMs.getAsLong()));
  }

  private static ConfigException wrong(SettingValues values, String part) {
    return values.wrong(
        Settings.HTTP_RATE_LIMITS,
        "must consist of parts such as read:500/10s or read:off, from 1 second to 1 hour ("
            + part
            + ")");
  }
}
