// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which pages may call the API from a browser.
 *
 * @param origins exactly as browsers send them; empty = none
 * @param allOrigins whether any page may
 * @param headers request headers beside those of the contract
 */
public record CorsSettings(
    Set<String> origins, boolean allOrigins, List<String> headers, long maxAgeMs) {

  static final String NONE = "none";

  private static final String ALL = "*";
  private static final Pattern ORIGIN =
      Pattern.compile(
          "[a-z][a-z0-9+.-]*://[a-z0-9.-]+(:[0-9]{1,5})?|[a-z]+://\\[[0-9a-f:]+](:[0-9]{1,5})?");
  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9-]{1,64}");

  public CorsSettings {
    origins = Set.copyOf(origins);
    headers = List.copyOf(headers);
  }

  /** Whether there is anything to allow. */
  public boolean isOn() {
    return allOrigins || !origins.isEmpty();
  }

  static CorsSettings of(SettingValues values) throws ConfigException {
    List<String> origins = listOf(values, Settings.HTTP_CORS_ORIGINS);
    for (String origin : origins) {
      if (!origin.equals(ALL) && !ORIGIN.matcher(origin).matches()) {
        throw values.wrong(
            Settings.HTTP_CORS_ORIGINS,
            "must name origins such as https://shop.example:8443, in lower case and without a path"
                + " ("
                + origin
                + ")");
      }
    }
    List<String> headers = listOf(values, Settings.HTTP_CORS_HEADERS);
    for (String header : headers) {
      if (!HEADER.matcher(header).matches()) {
        throw values.wrong(Settings.HTTP_CORS_HEADERS, "must name headers (" + header + ")");
      }
    }
    return new CorsSettings(
        Set.copyOf(origins.stream().filter(origin -> !origin.equals(ALL)).toList()),
        origins.contains(ALL),
        headers,
        values.number(Settings.HTTP_CORS_MAX_AGE));
  }

  private static List<String> listOf(SettingValues values, Setting setting) {
    return values.text(setting).equals(NONE) ? List.of() : values.parts(setting);
  }
}
