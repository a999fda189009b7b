// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import io.hongbao.model.Rfc3339;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a query as strictly as {@link JsonRequest} reads a body.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Failure:</b> a {@link BadRequestException} that names the parameter; repeated and unknown
 * ones are refused too.
 *
 * <p><b>Limit:</b> {@link #PARAMETERS_MAX} parameters; the request line has its own limit.
 */
final class QueryReader {

  /** The contract's longest list has five. */
  private static final int PARAMETERS_MAX = 16;

  private final Map<String, List<String>> values;
  private final Set<String> asked = new HashSet<>();

  private QueryReader(Map<String, List<String>> values) {
    this.values = values;
  }

  static QueryReader of(HttpServerRequest request) throws BadRequestException {
    String query = request.query();
    if (query == null || query.isEmpty()) {
      return new QueryReader(Map.of());
    }
    try {
      return new QueryReader(
          new QueryStringDecoder(
                  "?" + query, java.nio.charset.StandardCharsets.UTF_8, true, PARAMETERS_MAX)
              .parameters());
    } catch (IllegalArgumentException brokenEscape) {
      throw new BadRequestException(RefusalCode.MALFORMED_REQUEST, "The query is not well formed.");
    }
  }

  /** A parameter, or null. */
  @Nullable String textOrNull(String name) throws BadRequestException {
    asked.add(name);
    List<String> given = values.get(name);
    if (given == null) {
      return null;
    }
    if (given.size() > 1) {
      throw wrong(name, "stands there twice");
    }
    return given.getFirst();
  }

  String text(String name) throws BadRequestException {
    String text = textOrNull(name);
    if (text == null) {
      throw wrong(name, "is missing");
    }
    return text;
  }

  long id(String name, long max) throws BadRequestException {
    long id = Ids.parse(text(name), max);
    if (id == Ids.NOT_AN_ID) {
      throw wrong(name, "must be an id: 1 to " + max + " in decimal digits");
    }
    return id;
  }

  int integerOr(String name, int min, int max, int otherwise) throws BadRequestException {
    String text = textOrNull(name);
    if (text == null) {
      return otherwise;
    }
    long number = text.equals("0") ? 0 : Ids.parse(text, Integer.MAX_VALUE);
    if (number < min || number > max) {
      throw wrong(name, "must be " + min + " to " + max);
    }
    return (int) number;
  }

  boolean flagOr(String name, boolean otherwise) throws BadRequestException {
    String text = textOrNull(name);
    if (text == null) {
      return otherwise;
    }
    if (!text.equals("true") && !text.equals("false")) {
      throw wrong(name, "must be true or false");
    }
    return text.equals("true");
  }

  /** A time in milliseconds since 1970, or null. */
  @Nullable Long timeMsOrNull(String name) throws BadRequestException {
    String text = textOrNull(name);
    if (text == null) {
      return null;
    }
    long timeMs = Rfc3339.parseMs(text);
    if (timeMs == Rfc3339.NOT_A_TIME) {
      throw wrong(name, "must be a time such as 2026-02-16T12:00:00.000Z");
    }
    return timeMs;
  }

  /** Refuses what nobody asked for. */
  void end() throws BadRequestException {
    for (String name : values.keySet()) {
      if (!asked.contains(name)) {
        throw new BadRequestException(
            RefusalCode.UNKNOWN_FIELD, JsonTree.pathOf("", name) + ": is not a parameter here");
      }
    }
  }

  static BadRequestException wrong(String name, String what) {
    return BadRequestException.malformed(name, what);
  }
}
