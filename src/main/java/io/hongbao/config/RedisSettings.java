// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Redis, which nodes share; a server does without as well.
 *
 * @param url null = there is none; may hold a password
 * @param timeoutMs how long a call may take
 * @param admissionLeaseMs how long a place at a packet is kept for a node that died
 */
public record RedisSettings(@Nullable String url, long timeoutMs, long admissionLeaseMs) {

  private static final Pattern URL = Pattern.compile("(rediss?|unix)://[^\\s]+");

  static RedisSettings of(SettingValues values) throws ConfigException {
    String url = values.isAuto(Settings.REDIS_URL) ? null : values.text(Settings.REDIS_URL);
    if (url != null && !URL.matcher(url).matches()) {
      throw values.wrong(Settings.REDIS_URL, "must begin with redis://, rediss:// or unix://");
    }
    return new RedisSettings(
        url, values.number(Settings.REDIS_TIMEOUT), values.number(Settings.REDIS_ADMISSION_LEASE));
  }

  /** Keeps passwords out of logs. */
  @Override
  public String toString() {
    return "RedisSettings[url=%s, timeoutMs=%d, admissionLeaseMs=%d]"
        .formatted(url == null ? "none" : UrlMask.mask(url), timeoutMs, admissionLeaseMs);
  }
}
