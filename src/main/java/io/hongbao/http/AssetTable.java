// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.config.AssetSettings;
import io.hongbao.config.AssetSettings.Asset;
import io.hongbao.ledger.AccountKey;
import io.hongbao.model.Check;
import io.hongbao.model.RefusalCode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assets by code, as clients name them, and by number, as the journal does.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public final class AssetTable {

  /** What {@link #numberOr0} gives for a code that no asset has. */
  static final int UNKNOWN = 0;

  private final List<Asset> assets;
  private final Map<String, Asset> byCode = new HashMap<>();
  private final @Nullable String[] codes = new String[AccountKey.ASSET_MAX + 1];

  public AssetTable(AssetSettings settings) {
    this.assets = settings.assets().stream().sorted(Comparator.comparing(Asset::code)).toList();
    for (Asset asset : assets) {
      byCode.put(asset.code(), asset);
      codes[asset.number()] = asset.code();
    }
  }

  /** All assets, by code. */
  List<Asset> all() {
    return assets;
  }

  /** The number of a code; {@link #UNKNOWN} lets the partition refuse it in its place. */
  int numberOr0(String code) {
    Asset asset = byCode.get(code);
    return asset == null ? UNKNOWN : asset.number();
  }

  /** The number of a code, for those who ask no partition. */
  int number(String code) throws BadRequestException {
    int number = numberOr0(code);
    if (number == UNKNOWN) {
      throw new BadRequestException(
          RefusalCode.UNKNOWN_ASSET, RefusalCode.UNKNOWN_ASSET.sentence());
    }
    return number;
  }

  /** The code of a number that stands in the journal. */
  String code(int number) {
    return Check.present(codes[number], "asset of the journal");
  }
}
