// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.person;

import io.hongbao.engine.Transfer;
import io.hongbao.model.Digest;

/** What the partitions of users and of handles owe one another; no money travels with it. */
public sealed interface PersonTransfer extends Transfer {

  HandleHash hash();

  long userId();

  long untilMs();

  int tag();

  @Override
  default int schemaId() {
    return PersonCodec.SCHEMA_ID;
  }

  @Override
  default int asset() {
    return NO_ASSET;
  }

  @Override
  default long amountMinor() {
    return 0;
  }

  @Override
  default long digest() {
    long digest = Digest.mix(Digest.start(tag()), hash().high());
    digest = Digest.mix(digest, hash().low());
    digest = Digest.mix(digest, userId());
    return Digest.mix(digest, untilMs());
  }

  @Override
  default long wakes() {
    return 0;
  }

  /** From the user's partition: it is mine. */
  record ConfirmHandle(HandleHash hash, long userId, long untilMs) implements PersonTransfer {
    @Override
    public int tag() {
      return 53;
    }
  }

  /**
   * From the user's partition: it is not mine.
   *
   * @param untilMs deadline of the claim that came to nothing; 0 when it was mine before
   */
  record ReleaseHandle(HandleHash hash, long userId, long untilMs) implements PersonTransfer {
    @Override
    public int tag() {
      return 54;
    }
  }

  /** From the handle's partition: is it yours? */
  record AskClaim(HandleHash hash, long userId, long untilMs) implements PersonTransfer {
    @Override
    public int tag() {
      return 55;
    }
  }

  /** From the user's partition: ask again later. */
  record PutOffClaim(HandleHash hash, long userId, long untilMs) implements PersonTransfer {
    @Override
    public int tag() {
      return 56;
    }
  }
}
