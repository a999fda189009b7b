// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says in {@code hongbao.v1}: an object of texts and numbers, with one object inside
 * at most. What is not known is not looked at.
 *
 * <p><b>Thread:</b> any.
 */
final class ClientMessage {

  private static final JsonFactory JSON = new JsonFactory();
  private static final int DEPTH_MAX = 4;

  private final Map<String, Object> fields;

  private ClientMessage(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** Reads a message; null when it is none. */
  static @Nullable ClientMessage parse(ByteBuf payload) {
    try (JsonParser parser =
        JSON.createParser((java.io.InputStream) new ByteBufInputStream(payload.duplicate()))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      Map<String, Object> fields = object(parser, 1);
      return fields == null || parser.nextToken() != null ? null : new ClientMessage(fields);
    } catch (IOException notJson) {
      return null;
    }
  }

  private static @Nullable Map<String, Object> object(JsonParser parser, int depth)
      throws IOException {
    Map<String, Object> fields = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> fields.put(name, parser.getText());
        case VALUE_NUMBER_INT -> fields.put(name, parser.getLongValue());
        case VALUE_TRUE, VALUE_FALSE -> fields.put(name, parser.getBooleanValue());
        case START_OBJECT -> {
          Map<String, Object> inner = depth < DEPTH_MAX ? object(parser, depth + 1) : null;
          if (inner == null) {
            return null;
          }
          fields.put(name, inner);
        }
        case START_ARRAY -> parser.skipChildren();
        case null -> {
          return null;
        }
        default -> {}
      }
    }
    return parser.currentToken() == JsonToken.END_OBJECT ? fields : null;
  }

  /** A text, or an empty one. */
  String text(String name) {
    return fields.get(name) instanceof String text ? text : "";
  }

  boolean has(String name) {
    return fields.containsKey(name);
  }

  /** A whole number, also one in quotes; otherwise what is given. */
  long number(String name, long otherwise) {
    return number(fields.get(name), otherwise);
  }

  /** A whole number of an object inside. */
  long number(String object, String name, long otherwise) {
    return fields.get(object) instanceof Map<?, ?> inner
        ? number(inner.get(name), otherwise)
        : otherwise;
  }

  private static long number(@Nullable Object value, long otherwise) {
    if (value instanceof Long number) {
      return number;
    }
    if (value instanceof String text && !text.isEmpty() && text.length() <= 18) {
      long number = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < '0' || c > '9') {
          return otherwise;
        }
        number = 10 * number + (c - '0');
      }
      return number;
    }
    return otherwise;
  }
}
