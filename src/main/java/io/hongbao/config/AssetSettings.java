// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What can be owned.
 *
 * @param assets in the order of the configuration; codes and numbers are unique
 */
public record AssetSettings(List<Asset> assets) {

  private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9]{1,11}");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final int PARTS = 4;

  /** Seven bits of the ledger's account keys; see {@code AccountKey}. */
  private static final int NUMBER_MAX = 127;

  /** Beyond nine digits even small sums would pass what JSON keeps exact. */
  private static final int SCALE_MAX = 9;

  /** With the double entries of 1000 assets a statement could no longer be read by a person. */
  private static final int ASSETS_MAX = 64;

  /**
   * One asset.
   *
   * @param number its name in the journal; never changes its meaning
   * @param scale decimal digits between the minor unit and the unit that people name
   * @param balanceMinorMax what one account may hold at most
   */
  public record Asset(String code, int number, int scale, long balanceMinorMax) {

    /** As the configuration writes it. */
    @Override
    public String toString() {
      return code + ":" + number + ":" + scale + ":" + balanceMinorMax;
    }
  }

  public AssetSettings {
    assets = List.copyOf(assets);
  }

  public Optional<Asset> find(String code) {
    return assets.stream().filter(asset -> asset.code().equals(code)).findFirst();
  }

  static AssetSettings of(SettingValues values) throws ConfigException {
    List<Asset> assets = new ArrayList<>();
    Set<String> codes = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    for (String part : values.parts(Settings.ASSETS)) {
      Asset asset = parse(part).orElseThrow(() -> wrongPart(values, part));
      if (!codes.add(asset.code()) || !numbers.add(asset.number())) {
        throw values.wrong(
            Settings.ASSETS, "must name each code and each number once (" + part + ")");
      }
      assets.add(asset);
    }
    if (assets.isEmpty() || assets.size() > ASSETS_MAX) {
      throw values.wrong(Settings.ASSETS, "must name 1 to " + ASSETS_MAX + " assets");
    }
    return new AssetSettings(assets);
  }

  /** Reads {@code code:number:scale:max}; nothing when the text is not that. */
  public static Optional<Asset> parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != PARTS || !CODE.matcher(parts[0]).matches()) {
      return Optional.empty();
    }
    for (int index = 1; index < PARTS; index++) {
      if (!DIGITS.matcher(parts[index]).matches()) {
        return Optional.empty();
      }
    }
    long number = Long.parseLong(parts[1]);
    long scale = Long.parseLong(parts[2]);
    long max = Long.parseLong(parts[3]);
    boolean valid =
        number >= 1
            && number <= NUMBER_MAX
            && scale <= SCALE_MAX
            && max >= 1
            && max <= Settings.JSON_WHOLE_MAX;
    return valid
        ? Optional.of(new Asset(parts[0], (int) number, (int) scale, max))
        : Optional.empty();
  }

  private static ConfigException wrongPart(SettingValues values, String part) {
    return values.wrong(
        Settings.ASSETS,
        "must list CODE:number:scale:largest balance, with a code of 2 to 12 capitals and digits,"
            + " a number from 1 to %d, a scale up to %d and a balance up to %d (%s)"
                .formatted(NUMBER_MAX, SCALE_MAX, Settings.JSON_WHOLE_MAX, part));
  }
}
