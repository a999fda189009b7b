// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
package io.hongbao.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON object as its format says and as nothing else: no number that is cut to fit, no text
 * taken for a number, no field that nobody asked for.
 *
 * <p><b>Failure:</b> {@link MalformedFieldsException} names the field, never its value.
 */
public final class StrictFields {

  private static final JsonFactory ONCE_EACH =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonObject json;
  private final String where;
  private final Set<String> read = new HashSet<>();

  private StrictFields(JsonObject json, String where) {
    this.json = json;
    this.where = where;
  }

  public static StrictFields of(JsonObject json) {
    return new StrictFields(json, "");
  }

  public static StrictFields parse(Buffer text) throws MalformedFieldsException {
    // Two readers of one text must not see two things, so a field that stands twice is refused; the
    // decoder that builds the object would silently take the last one.
    try (JsonParser tokens = ONCE_EACH.createParser(text.getBytes())) {
      while (tokens.nextToken() != null) {
        tokens.skipChildren();
      }
      return of(new JsonObject(text));
    } catch (IOException | DecodeException | ClassCastException notAnObject) {
      throw new MalformedFieldsException("not a JSON object with each field once");
    }
  }

  /** Whether the field stands there; {@code null} is a value, and one that no reader here takes. */
  public boolean has(String name) {
    read.add(name);
    return json.containsKey(name);
  }

  /**
   * Whether the field stands there as {@code null}, for the few whose format gives it a meaning.
   */
  public boolean isNull(String name) {
    return has(name) && json.getValue(name) == null;
  }

  public long number(String name, long minimum, long maximum) throws MalformedFieldsException {
    Object value = take(name);
    // Everything that does not fit a long arrives as another class and is refused here.
    if (!(value instanceof Long || value instanceof Integer)) {
      throw wrong(name, "must be a whole number");
    }
    long number = ((Number) value).longValue();
    if (number < minimum || number > maximum) {
      throw wrong(name, "must lie between " + minimum + " and " + maximum);
    }
    return number;
  }

  public long numberOr(String name, long otherwise, long minimum, long maximum)
      throws MalformedFieldsException {
    return has(name) ? number(name, minimum, maximum) : otherwise;
  }

  public boolean flagOr(String name, boolean otherwise) throws MalformedFieldsException {
    if (!has(name)) {
      return otherwise;
    }
    if (take(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "must be true or false");
  }

  /** A text of 1 to {@code lengthMax} printable ASCII characters. */
  public String text(String name, int lengthMax) throws MalformedFieldsException {
    if (!(take(name) instanceof String text)) {
      throw wrong(name, "must be a text");
    }
    if (text.isEmpty() || text.length() > lengthMax) {
      throw wrong(name, "must have 1 to " + lengthMax + " characters");
    }
    if (!text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      throw wrong(name, "must be printable ASCII");
    }
    return text;
  }

  /** A positive id, written as a text of digits, since JSON readers round large numbers. */
  public long id(String name) throws MalformedFieldsException {
    String text = text(name, 19);
    boolean digits = text.charAt(0) != '0' && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (digits) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException aboveLong) {
        throw wrong(name, "must be below 2^63");
      }
    }
    throw wrong(name, "must be a positive number without leading zeros, as a text");
  }

  public StrictFields object(String name) throws MalformedFieldsException {
    if (take(name) instanceof JsonObject inner) {
      return new StrictFields(inner, where + name + ".");
    }
    throw wrong(name, "must be an object");
  }

  /** The objects of an array; none when the field is missing. */
  public List<StrictFields> objects(String name, int countMax) throws MalformedFieldsException {
    var objects = new ArrayList<StrictFields>();
    if (!has(name)) {
      return objects;
    }
    if (!(take(name) instanceof JsonArray array) || array.size() > countMax) {
      throw wrong(name, "must be an array of at most " + countMax);
    }
    for (int index = 0; index < array.size(); index++) {
      if (!(array.getValue(index) instanceof JsonObject inner)) {
        throw wrong(name, "must hold objects only");
      }
      objects.add(new StrictFields(inner, where + name + "[" + index + "]."));
    }
    return objects;
  }

  /** To be called last: refuses fields that nobody read. */
  public void end() throws MalformedFieldsException {
    for (String name : json.fieldNames()) {
      if (!read.contains(name)) {
        // The name comes from outside too, so that only its place is told.
        throw new MalformedFieldsException(
            "unknown field in " + (where.isEmpty() ? "body" : where));
      }
    }
  }

  /** The fault that names this field; for rules that only the caller knows. */
  public MalformedFieldsException wrong(String name, String what) {
    return new MalformedFieldsException(where + name + " " + what);
  }

  private @Nullable Object take(String name) {
    read.add(name);
    return json.getValue(name);
  }
}
