// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
package io.hongbao.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A good answer.
 *
 * @param position where the change stands ({@code partition:sequence}); give it to a list as {@code
 *     min_position}. Empty for reads
 * @param isReplayed whether an earlier call under the same key had done it already
 */
public record Reply(
    int status, Map<String, @Nullable Object> body, String position, boolean isReplayed) {

  /** A text, by its path: {@code text("share.amount.asset")}. */
  public String text(String path) {
    return typed(path, String.class);
  }

  /** A whole number. */
  public long whole(String path) {
    return typed(path, Long.class);
  }

  /** A switch. */
  public boolean flag(String path) {
    return typed(path, Boolean.class);
  }

  /** Whether the field is there. */
  public boolean has(String path) {
    return find(path) != null;
  }

  /** The objects of a list. */
  @SuppressWarnings(
      "unchecked") // The reader makes no other map, and lists of the API hold objects.
  public List<Map<String, @Nullable Object>> items(String path) {
    return (List<Map<String, @Nullable Object>>) typed(path, List.class);
  }

  private <T> T typed(String path, Class<T> type) {
    Object value = find(path);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException(
          "the answer has no " + type.getSimpleName() + " at " + path + ": " + Json.write(body));
    }
    return type.cast(value);
  }

  private @Nullable Object find(String path) {
    Object value = body;
    for (String name : path.split("\\.")) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value;
  }
}
