// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request, so that it can be sent again exactly as it was.
 *
 * @param path below the server's address, with the query
 * @param repeats whether it is sent again when the connection is lost
 */
record Call(
    String method,
    String path,
    Map<String, String> headers,
    @Nullable String body,
    boolean repeats) {

  private static final String KEY_HEADER = "Idempotency-Key";

  Call {
    headers = Map.copyOf(headers);
  }

  static Call get(String path) {
    return new Call("GET", path, Map.of(), null, true);
  }

  static Call post(String path) {
    return new Call("POST", path, Map.of(), null, true);
  }

  static Call put(String path) {
    return new Call("PUT", path, Map.of(), null, true);
  }

  Call as(String token) {
    return with("Authorization", "Bearer " + token);
  }

  Call key(String key) {
    return with(KEY_HEADER, key);
  }

  Call json(JsonObject json) {
    return new Call(method, path, headers, json.encode(), repeats);
  }

  Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(method, path, more, body, repeats);
  }

  /** The same, but a lost connection is told to the caller at once. */
  Call once() {
    return new Call(method, path, headers, body, false);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
