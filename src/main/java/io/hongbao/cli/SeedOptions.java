// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Seeding".
package io.hongbao.cli;

import java.nio.file.Path;

/**
 * Whom to seed, with what.
 *
 * @param amountMinor money for each user in the asset's minor unit; 0 for none
 * @param roomId a public room, where the users can send packets to one another
 * @param logins people who can log in by password, beside the users
 * @param tokens the file that will hold the tokens
 */
record SeedOptions(
    int users,
    long firstUserId,
    long amountMinor,
    String asset,
    long roomId,
    int logins,
    Path tokens) {

  static final int USERS_DEFAULT = 10_000;
  static final int USERS_MAX = 100_000;
  static final long FIRST_DEFAULT = 10_001;

  /** 10,000.00 in an asset with two decimals: hundreds of packets for each user. */
  static final long AMOUNT_DEFAULT = 1_000_000;

  static final long AMOUNT_MAX = 100_000_000_000L;
  static final long ROOM_DEFAULT = 9_001;
  static final int LOGINS_DEFAULT = 10;

  /** A minute or so of hashing on one thread. */
  static final int LOGINS_MAX = 1_000;

  static final long ID_MAX = (1L << 53) - 1;
}
