// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.model.Check;

/**
 * Packs (owner, kind, asset) into one {@code long}: 53 bits, 3 bits, 7 bits.
 *
 * <p>Owner 0 is the partition itself; users count from 1 to 2^53 − 1.
 */
public final class AccountKey {

  public static final long OWNER_MAX = (1L << 53) - 1;
  public static final int ASSET_MAX = 127;

  private AccountKey() {}

  public static long wallet(long userId, int asset) {
    Check.that(userId > 0 && userId <= OWNER_MAX, "user id out of range");
    return pack(userId, AccountKind.WALLET, asset);
  }

  public static long system(AccountKind kind, int asset) {
    Check.that(kind != AccountKind.WALLET, "a wallet has an owner");
    return pack(0, kind, asset);
  }

  private static long pack(long owner, AccountKind kind, int asset) {
    Check.that(asset > 0 && asset <= ASSET_MAX, "asset number out of range");
    return owner << 10 | (long) kind.number() << 7 | asset;
  }

  public static long owner(long key) {
    return key >>> 10;
  }

  public static AccountKind kind(long key) {
    return AccountKind.ofNumber((int) (key >>> 7) & 7);
  }

  public static int asset(long key) {
    return (int) key & ASSET_MAX;
  }
}
