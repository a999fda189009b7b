// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a list, newest first.
 *
 * @param next where the next piece begins; null when there is no more
 */
public record Page<T>(List<T> items, @Nullable ListPlace next, AsOf asOf) {

  public Page {
    items = List.copyOf(items);
  }
}
