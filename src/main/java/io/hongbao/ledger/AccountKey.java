// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.ledger;

import io.hongbao.model.Check;

/**
 * Packs (owner, kind, asset) into one {@code long}: 53 bits, 3 bits, 7 bits.
 *
 * <p>Owner 0 is the partition itself. Users and business accounts share the numbers from 1 to 2^53
 * − 1: from {@link #BUSINESS_MIN} on they are accounts of a business (a merchant, a budget), below
 * they are users. The decimal form tells the two apart at a glance.
 */
public final class AccountKey {

  public static final long OWNER_MAX = (1L << 53) - 1;

  /** The first id of a business account: sixteen digits that begin with 8. */
  public static final long BUSINESS_MIN = 8_000_000_000_000_000L;

  public static final int ASSET_MAX = 127;

  private AccountKey() {}

  public static long wallet(long ownerId, int asset) {
    Check.that(isOwner(ownerId), "owner id out of range");
    return pack(ownerId, AccountKind.WALLET, asset);
  }

  public static boolean isOwner(long ownerId) {
    return ownerId > 0 && ownerId <= OWNER_MAX;
  }

  public static boolean isBusiness(long ownerId) {
    return ownerId >= BUSINESS_MIN && ownerId <= OWNER_MAX;
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
