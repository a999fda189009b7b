// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of red packets.
 *
 * @param totalMinorMaxByAsset largest total for each configured asset
 * @param shareMinorMaxByAsset largest mean share for each configured asset
 * @param reserveMs how long a grab keeps a share
 */
public record RedPacketSettings(
    Map<String, Long> totalMinorMaxByAsset,
    Map<String, Long> shareMinorMaxByAsset,
    int countMax,
    int greetingCharsMax,
    long reserveMs,
    int opensInFlightMax) {

  /** The rest of a packet returns after exactly 24 hours; a promise, therefore no setting. */
  public static final long EXPIRY_MS = 24L * 3_600 * 1_000;

  private static final Pattern AMOUNT =
      Pattern.compile("([A-Z][A-Z0-9]{1,11}|\\*)\\s*:\\s*([0-9]{1,18})");

  public RedPacketSettings {
    totalMinorMaxByAsset = Map.copyOf(totalMinorMaxByAsset);
    shareMinorMaxByAsset = Map.copyOf(shareMinorMaxByAsset);
  }

  static RedPacketSettings of(SettingValues values, AssetSettings assets) throws ConfigException {
    return new RedPacketSettings(
        amounts(values, Settings.REDPACKET_TOTAL_MAX, assets),
        amounts(values, Settings.REDPACKET_SHARE_MAX, assets),
        values.whole(Settings.REDPACKET_COUNT_MAX),
        values.whole(Settings.REDPACKET_GREETING_MAX_CHARS),
        values.number(Settings.REDPACKET_RESERVE),
        values.whole(Settings.REDPACKET_OPENS_IN_FLIGHT_MAX));
  }

  private static Map<String, Long> amounts(
      SettingValues values, Setting setting, AssetSettings assets) throws ConfigException {
    Map<String, Long> written = new HashMap<>();
    for (String part : values.parts(setting)) {
      Matcher matcher = AMOUNT.matcher(part);
      if (!matcher.matches() || written.containsKey(matcher.group(1))) {
        throw values.wrong(setting, "must list asset:amount, each asset once (" + part + ")");
      }
      long amountMinor = Long.parseLong(matcher.group(2));
      boolean known = matcher.group(1).equals("*") || assets.find(matcher.group(1)).isPresent();
      if (!known || amountMinor < 1 || amountMinor > Settings.JSON_WHOLE_MAX) {
        throw values.wrong(setting, "must name known assets and amounts from 1 up (" + part + ")");
      }
      written.put(matcher.group(1), amountMinor);
    }
    Map<String, Long> amounts = new HashMap<>();
    for (AssetSettings.Asset asset : assets.assets()) {
      Long amountMinor = written.getOrDefault(asset.code(), written.get("*"));
      if (amountMinor == null) {
        throw values.wrong(setting, "must have an amount for " + asset.code() + " or for *");
      }
      amounts.put(asset.code(), amountMinor);
    }
    return amounts;
  }
}
