// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the fields of an example are: names, and 0 for the first element of an array. */
final class FuzzFields {

  private FuzzFields() {}

  /** The paths to every field of an object, however deep, first elements of arrays included. */
  static List<List<Object>> of(JsonObject object) {
    List<List<Object>> all = new ArrayList<>();
    collect(object, List.of(), all);
    return all;
  }

  private static void collect(@Nullable Object at, List<Object> path, List<List<Object>> all) {
    if (at instanceof JsonObject object) {
      for (String name : object.fieldNames()) {
        List<Object> deeper = deeper(path, name);
        all.add(deeper);
        collect(object.getValue(name), deeper, all);
      }
    } else if (at instanceof JsonArray array && !array.isEmpty()) {
      List<Object> deeper = deeper(path, 0);
      all.add(deeper);
      collect(array.getValue(0), deeper, all);
    }
  }

  private static List<Object> deeper(List<Object> path, Object step) {
    List<Object> longer = new ArrayList<>(path);
    longer.add(step);
    return longer;
  }
}
