// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Growing the contract".
package io.hongbao.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares two versions of the contract: what a client of the older one would notice.
 *
 * <p>What a client sends may only be taken more widely, and what it gets may only be more: a field
 * of a request that goes, a bound that closes, a new duty, a field of an answer that goes or is no
 * longer always there, a new value in a closed list. Texts and examples may change.
 *
 * <p><b>Thread:</b> one; used once.
 */
final class ContractGrowth {

  private static final List<String> VERBS = List.of("get", "put", "post", "delete", "patch");

  /** Bounds that may move down in requests, and those that may move up. */
  private static final List<String> LOWER = List.of("minimum", "minLength", "minItems");

  private static final List<String> UPPER = List.of("maximum", "maxLength", "maxItems");

  private static final String OPEN_LIST = "open list";

  private final JsonObject before;
  private final JsonObject after;
  private final List<String> faults = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();

  private ContractGrowth(JsonObject before, JsonObject after) {
    this.before = before;
    this.after = after;
  }

  /** What breaks; empty when the contract only grew. */
  static List<String> faults(JsonObject before, JsonObject after) {
    var growth = new ContractGrowth(before, after);
    growth.operations();
    return growth.faults;
  }

  private void operations() {
    for (String path : before.getJsonObject("paths").fieldNames()) {
      JsonObject old = before.getJsonObject("paths").getJsonObject(path);
      JsonObject now = after.getJsonObject("paths").getJsonObject(path, new JsonObject());
      for (String verb : VERBS) {
        if (old.containsKey(verb)) {
          String at = verb.toUpperCase(java.util.Locale.ROOT) + " " + path;
          if (now.containsKey(verb)) {
            operation(at, old.getJsonObject(verb), now.getJsonObject(verb));
          } else {
            faults.add(at + ": is gone");
          }
        }
      }
    }
  }

  private void operation(String at, JsonObject old, JsonObject now) {
    require(old.getString("operationId").equals(now.getString("operationId")), at, "has a new id");
    JsonArray oldSecurity = old.getJsonArray("security", before.getJsonArray("security"));
    JsonArray nowSecurity = now.getJsonArray("security", after.getJsonArray("security"));
    for (Object way : oldSecurity) {
      require(
          nowSecurity.isEmpty() || nowSecurity.contains(way),
          at,
          "no longer lets in " + ((JsonObject) way).encode());
    }
    require(!oldSecurity.isEmpty() || nowSecurity.isEmpty(), at, "is no longer for everybody");
    parameters(at, old, now);
    JsonObject oldBody = old.getJsonObject("requestBody");
    JsonObject nowBody = now.getJsonObject("requestBody");
    if (oldBody != null) {
      require(nowBody != null, at, "takes no body any more");
    }
    if (nowBody != null) {
      boolean wasRequired = oldBody != null && oldBody.getBoolean("required", false);
      require(wasRequired || !nowBody.getBoolean("required", false), at, "needs a body now");
    }
    if (oldBody != null && nowBody != null) {
      media(at + " body", oldBody, nowBody, true);
    }
    responses(at, old.getJsonObject("responses"), now.getJsonObject("responses"));
  }

  private void parameters(String at, JsonObject old, JsonObject now) {
    List<JsonObject> olds = resolvedAll(before, old.getJsonArray("parameters", new JsonArray()));
    List<JsonObject> nows = resolvedAll(after, now.getJsonArray("parameters", new JsonArray()));
    for (JsonObject parameter : olds) {
      String where = at + " " + parameter.getString("in") + " " + parameter.getString("name");
      JsonObject same = same(parameter, nows);
      if (same == null) {
        faults.add(where + ": is gone");
      } else {
        require(
            parameter.getBoolean("required") || !same.getBoolean("required"),
            where,
            "is required now");
        schema(where, parameter.getJsonObject("schema"), same.getJsonObject("schema"), true);
      }
    }
    for (JsonObject parameter : nows) {
      require(
          !parameter.getBoolean("required") || same(parameter, olds) != null,
          at + " " + parameter.getString("name"),
          "is new and required");
    }
  }

  private static @Nullable JsonObject same(JsonObject parameter, List<JsonObject> others) {
    return others.stream()
        .filter(
            other ->
                other.getString("name").equals(parameter.getString("name"))
                    && other.getString("in").equals(parameter.getString("in")))
        .findFirst()
        .orElse(null);
  }

  private void responses(String at, JsonObject old, JsonObject now) {
    for (String status : old.fieldNames()) {
      JsonObject oldResponse = resolved(before, old.getJsonObject(status));
      if (!now.containsKey(status)) {
        require(!status.startsWith("2"), at, "answers " + status + " no more");
        continue;
      }
      JsonObject nowResponse = resolved(after, now.getJsonObject(status));
      for (String header : oldResponse.getJsonObject("headers", new JsonObject()).fieldNames()) {
        require(
            nowResponse.getJsonObject("headers", new JsonObject()).containsKey(header),
            at + " " + status,
            "has no header " + header + " any more");
      }
      media(at + " " + status, oldResponse, nowResponse, false);
    }
    for (String status : now.fieldNames()) {
      require(!status.startsWith("2") || old.containsKey(status), at, "answers " + status + " now");
    }
  }

  private void media(String at, JsonObject old, JsonObject now, boolean isRequest) {
    JsonObject nowContent = now.getJsonObject("content", new JsonObject());
    old.getJsonObject("content", new JsonObject())
        .forEach(
            entry -> {
              JsonObject same = nowContent.getJsonObject(entry.getKey());
              if (same == null) {
                faults.add(at + ": " + entry.getKey() + " is gone");
              } else {
                schema(
                    at,
                    ((JsonObject) entry.getValue()).getJsonObject("schema"),
                    same.getJsonObject("schema"),
                    isRequest);
              }
            });
  }

  private void schema(String at, JsonObject oldNode, JsonObject nowNode, boolean isRequest) {
    if (!seen.add(isRequest + oldNode.encode() + nowNode.encode())) {
      return;
    }
    JsonObject old = resolved(before, oldNode);
    JsonObject now = resolved(after, nowNode);
    types(at, old, now, isRequest);
    values(at, old, now, isRequest);
    bounds(at, old, now, isRequest);
    properties(at, old, now, isRequest);
    if (old.getValue("items") instanceof JsonObject items) {
      schema(at + "[]", items, now.getJsonObject("items", new JsonObject()), isRequest);
    }
    choices(at, old, now, isRequest);
  }

  private void types(String at, JsonObject old, JsonObject now, boolean isRequest) {
    Set<String> olds = setOf(old.getValue("type"));
    Set<String> nows = setOf(now.getValue("type"));
    if (!olds.isEmpty() && !nows.isEmpty()) {
      require(
          isRequest ? nows.containsAll(olds) : olds.containsAll(nows),
          at,
          "was " + olds + " and is " + nows);
    }
    for (String same : List.of("pattern", "format")) {
      Object was = old.getValue(same);
      Object is = now.getValue(same);
      boolean isWider = isRequest && is == null;
      require(isWider || java.util.Objects.equals(was, is), at, same + " changed");
    }
  }

  private void values(String at, JsonObject old, JsonObject now, boolean isRequest) {
    Set<String> olds = setOf(old.getValue("enum"));
    Set<String> nows = setOf(now.getValue("enum"));
    if (isRequest) {
      require(nows.isEmpty() || nows.containsAll(olds), at, "takes fewer values");
      require(nows.isEmpty() || !olds.isEmpty(), at, "takes only some values now");
      return;
    }
    boolean isOpen =
        old.getString("description", "").toLowerCase(java.util.Locale.ROOT).contains(OPEN_LIST);
    require(
        olds.isEmpty() || isOpen || (!nows.isEmpty() && olds.containsAll(nows)),
        at,
        "may have new values and was no open list");
  }

  private void bounds(String at, JsonObject old, JsonObject now, boolean isRequest) {
    for (String name : LOWER) {
      bound(at, name, old.getLong(name), now.getLong(name), isRequest);
    }
    for (String name : UPPER) {
      Long was = old.getLong(name);
      Long is = now.getLong(name);
      bound(at, name, was == null ? null : -was, is == null ? null : -is, isRequest);
    }
  }

  // As lower bounds: a request's may only fall, an answer's may only rise.
  private void bound(
      String at, String name, @Nullable Long was, @Nullable Long is, boolean isRequest) {
    boolean isFine =
        isRequest
            ? is == null || (was != null && is <= was)
            : was == null || (is != null && is >= was);
    require(isFine, at, name + (isRequest ? " is narrower" : " is wider"));
  }

  private void properties(String at, JsonObject old, JsonObject now, boolean isRequest) {
    JsonObject olds = old.getJsonObject("properties", new JsonObject());
    JsonObject nows = now.getJsonObject("properties", new JsonObject());
    for (String name : olds.fieldNames()) {
      if (!nows.containsKey(name)) {
        faults.add(at + "." + name + ": is gone");
      } else {
        schema(at + "." + name, olds.getJsonObject(name), nows.getJsonObject(name), isRequest);
      }
    }
    Set<String> wereRequired = setOf(old.getValue("required"));
    Set<String> areRequired = setOf(now.getValue("required"));
    Set<String> changed = new TreeSet<>(isRequest ? areRequired : wereRequired);
    changed.removeAll(isRequest ? wereRequired : areRequired);
    changed.forEach(
        name ->
            faults.add(
                at
                    + "."
                    + name
                    + (isRequest ? ": is required now" : ": is no longer always there")));
  }

  // Compared by place: a new way may only be added at the end, and only to what is sent.
  private void choices(String at, JsonObject old, JsonObject now, boolean isRequest) {
    for (String kind : List.of("oneOf", "anyOf", "allOf")) {
      JsonArray olds = old.getJsonArray(kind, new JsonArray());
      JsonArray nows = now.getJsonArray(kind, new JsonArray());
      if (olds.isEmpty() && nows.isEmpty()) {
        continue;
      }
      boolean mayGrow = isRequest && !kind.equals("allOf") && !olds.isEmpty();
      require(
          nows.size() == olds.size() || (mayGrow && nows.size() > olds.size()),
          at,
          kind + " has other ways");
      for (int i = 0; i < Math.min(olds.size(), nows.size()); i++) {
        schema(at + " " + kind, olds.getJsonObject(i), nows.getJsonObject(i), isRequest);
      }
    }
  }

  private static Set<String> setOf(@Nullable Object node) {
    var set = new TreeSet<String>();
    if (node instanceof JsonArray array) {
      array.forEach(one -> set.add(String.valueOf(one)));
    } else if (node != null) {
      set.add(node.toString());
    }
    return set;
  }

  private static List<JsonObject> resolvedAll(JsonObject document, JsonArray nodes) {
    return nodes.stream().map(node -> resolved(document, (JsonObject) node)).toList();
  }

  private static JsonObject resolved(JsonObject document, JsonObject node) {
    String ref = node.getString("$ref");
    if (ref == null) {
      return node;
    }
    JsonObject at = document;
    for (String key : ref.substring(2).split("/")) {
      at = at.getJsonObject(key);
    }
    JsonObject beside = node.copy();
    beside.remove("$ref");
    return resolved(document, at).copy().mergeIn(beside);
  }

  private void require(boolean holds, String at, String what) {
    if (!holds) {
      faults.add(at + ": " + what);
    }
  }
}
