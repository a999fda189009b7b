// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import org.jspecify.annotations.Nullable;

/** Place in a partition's journal that a reader insists on; {@code "17:90412"} in requests. */
public record MinPosition(int partition, long sequence) {

  /** Reads the form of requests; null when it is anything else or names no such partition. */
  public static @Nullable MinPosition parse(String text, int partitionCount) {
    int colon = text.indexOf(':');
    // 18 digits always fit a long.
    if (colon < 1 || colon > 4 || text.length() - colon - 1 > 18 || !isDigits(text, colon)) {
      return null;
    }
    int partition = Integer.parseInt(text, 0, colon, 10);
    long sequence = Long.parseLong(text, colon + 1, text.length(), 10);
    return partition < partitionCount ? new MinPosition(partition, sequence) : null;
  }

  private static boolean isDigits(String text, int except) {
    for (int i = 0; i < text.length(); i++) {
      if (i != except && (text.charAt(i) < '0' || text.charAt(i) > '9')) {
        return false;
      }
    }
    return text.length() > except + 1;
  }

  @Override
  public String toString() {
    return partition + ":" + sequence;
  }
}
