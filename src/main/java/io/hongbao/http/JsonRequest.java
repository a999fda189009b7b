// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import io.hongbao.model.Rfc3339;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one object of a request's body, field by field, and takes nothing on trust.
 *
 * <p>Each reader names a field of the contract and its bounds. A method without {@code Or} in its
 * name insists on the field. When all are read, {@link #end()} refuses the fields that nobody asked
 * for, here and in the objects inside.
 *
 * <p><b>Thread:</b> one.
 *
 * <p><b>Failure:</b> a {@link BadRequestException} that names the field by its path, such as {@code
 * total.amount: must be an integer}. {@code null} is nowhere a value: a field without one is left
 * away.
 */
public final class JsonRequest {

  /** The largest integer that every JSON reader takes exactly: 2^53 - 1. */
  public static final long INTEGER_MAX = (1L << 53) - 1;

  private final Map<String, Object> tree;
  private final String path;
  private final Set<String> asked = new HashSet<>();
  private final List<JsonRequest> inside = new ArrayList<>();

  private JsonRequest(Map<String, Object> tree, String path) {
    this.tree = tree;
    this.path = path;
  }

  /** Reads a body that must be there. */
  public static JsonRequest parse(Buffer body, int bytesMax) throws BadRequestException {
    if (body.length() > bytesMax) {
      throw new BadRequestException(
          RefusalCode.BODY_TOO_LARGE, "The body may have " + bytesMax + " bytes here.");
    }
    return new JsonRequest(JsonTree.parse(body.getBytes()), "");
  }

  /** Reads a body that may be left away as a whole. */
  public static JsonRequest parseOrEmpty(Buffer body, int bytesMax) throws BadRequestException {
    return body.length() == 0 ? new JsonRequest(Map.of(), "") : parse(body, bytesMax);
  }

  public boolean has(String name) {
    return tree.containsKey(name);
  }

  /** For the few fields that are a string or an object. */
  public boolean hasText(String name) {
    return tree.get(name) instanceof String;
  }

  /** A text; its length counts in code points. */
  public String text(String name, int charsMin, int charsMax) throws BadRequestException {
    String text = as(String.class, name, "a string");
    int chars = text.codePointCount(0, text.length());
    if (chars < charsMin || chars > charsMax) {
      throw wrong(name, "must have " + charsMin + " to " + charsMax + " characters");
    }
    return text;
  }

  public @Nullable String textOr(String name, int charsMax, @Nullable String otherwise)
      throws BadRequestException {
    asked.add(name);
    return has(name) ? text(name, 0, charsMax) : otherwise;
  }

  /**
   * A text of a certain form.
   *
   * @param form must match the whole text
   * @param what the form in words, such as "a provider's name"
   */
  public String text(String name, Pattern form, String what) throws BadRequestException {
    String text = as(String.class, name, "a string");
    if (!form.matcher(text).matches()) {
      throw wrong(name, "must be " + what);
    }
    return text;
  }

  public long integer(String name, long min, long max) throws BadRequestException {
    long number = as(Long.class, name, "an integer");
    if (number < min || number > max) {
      throw wrong(name, "must be " + min + " to " + max);
    }
    return number;
  }

  public long integerOr(String name, long min, long max, long otherwise)
      throws BadRequestException {
    return has(name) ? integer(name, min, max) : asked(name, otherwise);
  }

  public boolean flag(String name) throws BadRequestException {
    return as(Boolean.class, name, "true or false");
  }

  public boolean flagOr(String name, boolean otherwise) throws BadRequestException {
    return has(name) ? flag(name) : asked(name, otherwise);
  }

  /** An id: a string of decimal digits, 1 to {@code max}, without leading zeros. */
  public long id(String name, long max) throws BadRequestException {
    return idOf(as(String.class, name, "a string"), max, name);
  }

  public long idOr(String name, long max, long otherwise) throws BadRequestException {
    return has(name) ? id(name, max) : asked(name, otherwise);
  }

  public long[] ids(String name, long max, int countMax) throws BadRequestException {
    List<?> array = array(name, countMax);
    long[] ids = new long[array.size()];
    for (int i = 0; i < ids.length; i++) {
      String element = name + "[" + i + "]";
      if (!(array.get(i) instanceof String text)) {
        throw wrong(element, "must be a string");
      }
      ids[i] = idOf(text, max, element);
    }
    return ids;
  }

  /** Short texts, such as names of things. */
  public List<String> texts(String name, int countMax, int charsMax) throws BadRequestException {
    List<?> array = array(name, countMax);
    List<String> texts = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      if (!(array.get(i) instanceof String text) || text.length() > charsMax) {
        throw wrong(
            name + "[" + i + "]", "must be a string of at most " + charsMax + " characters");
      }
      texts.add(text);
    }
    return texts;
  }

  /** Texts of any content, 1 to 128 characters each. */
  public List<String> texts(String name, int countMax) throws BadRequestException {
    var texts = new ArrayList<String>();
    for (Object element : array(name, countMax)) {
      if (!(element instanceof String text) || text.isEmpty() || text.length() > 128) {
        throw wrong(name + "[" + texts.size() + "]", "must be a string of 1 to 128 characters");
      }
      texts.add(text);
    }
    return texts;
  }

  /** Small integers. */
  public List<Integer> integers(String name, int min, int max, int countMax)
      throws BadRequestException {
    var integers = new ArrayList<Integer>();
    for (Object element : array(name, countMax)) {
      if (!(element instanceof Long number) || number < min || number > max) {
        throw wrong(name + "[" + integers.size() + "]", "must be " + min + " to " + max);
      }
      integers.add(number.intValue());
    }
    return integers;
  }

  /** The names of this object's fields, for those that may have any. */
  Set<String> names() {
    return tree.keySet();
  }

  /**
   * One of the values of an enumeration.
   *
   * @param byWireName the field's values, see {@link #wireNames}
   */
  public <E extends Enum<E>> E choice(String name, Map<String, E> byWireName)
      throws BadRequestException {
    E choice = byWireName.get(as(String.class, name, "a string"));
    if (choice == null) {
      throw wrong(name, "must be one of " + String.join(", ", byWireName.keySet()));
    }
    return choice;
  }

  public <E extends Enum<E>> E choiceOr(String name, Map<String, E> byWireName, E otherwise)
      throws BadRequestException {
    return has(name) ? choice(name, byWireName) : asked(name, otherwise);
  }

  /** An enum's constants by their names in the contract: lower case. */
  public static <E extends Enum<E>> Map<String, E> wireNames(Class<E> type) {
    var names = new LinkedHashMap<String, E>();
    for (E constant : type.getEnumConstants()) {
      names.put(constant.name().toLowerCase(Locale.ROOT), constant);
    }
    return names;
  }

  /** A time, in milliseconds since 1970. */
  public long timeMs(String name) throws BadRequestException {
    long timeMs = Rfc3339.parseMs(as(String.class, name, "a string"));
    if (timeMs == Rfc3339.NOT_A_TIME) {
      throw wrong(name, "must be a time such as 2026-02-16T12:00:00.000Z");
    }
    return timeMs;
  }

  /** Bytes in base64url without padding, written in the one way in which they can be. */
  public byte[] base64Url(String name, int bytesMin, int bytesMax) throws BadRequestException {
    String text = as(String.class, name, "a string");
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      boolean isOurForm =
          Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text);
      if (isOurForm && bytes.length >= bytesMin && bytes.length <= bytesMax) {
        return bytes;
      }
    } catch (IllegalArgumentException notBase64) {
      // Falls through to the same refusal.
    }
    throw wrong(name, "must be " + bytesMin + " to " + bytesMax + " bytes in base64url");
  }

  public JsonRequest object(String name) throws BadRequestException {
    return child(as(Map.class, name, "an object"), JsonTree.pathOf(path, name));
  }

  public @Nullable JsonRequest objectOrNull(String name) throws BadRequestException {
    asked.add(name);
    return has(name) ? object(name) : null;
  }

  public List<JsonRequest> objects(String name, int countMax) throws BadRequestException {
    List<?> array = array(name, countMax);
    var objects = new ArrayList<JsonRequest>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String element = name + "[" + i + "]";
      if (!(array.get(i) instanceof Map<?, ?> object)) {
        throw wrong(element, "must be an object");
      }
      objects.add(child(object, JsonTree.pathOf(path, element)));
    }
    return objects;
  }

  /** Refuses what nobody asked for; called once, on the outermost object. */
  public void end() throws BadRequestException {
    for (String name : tree.keySet()) {
      if (!asked.contains(name)) {
        throw new BadRequestException(
            RefusalCode.UNKNOWN_FIELD, JsonTree.pathOf(path, name) + ": is not a field here");
      }
    }
    for (JsonRequest object : inside) {
      object.end();
    }
  }

  /** For a rule about a field that no method here knows. */
  public BadRequestException wrong(String name, String what) {
    return BadRequestException.malformed(JsonTree.pathOf(path, name), what);
  }

  Map<String, Object> tree() {
    return tree;
  }

  private List<?> array(String name, int countMax) throws BadRequestException {
    List<?> array = as(List.class, name, "an array");
    if (array.size() > countMax) {
      throw wrong(name, "must have at most " + countMax + " elements");
    }
    return array;
  }

  private long idOf(String text, long max, String name) throws BadRequestException {
    long id = Ids.parse(text, max);
    if (id == Ids.NOT_AN_ID) {
      throw wrong(name, "must be an id: 1 to " + max + " in decimal digits");
    }
    return id;
  }

  private <T> T as(Class<T> type, String name, String what) throws BadRequestException {
    asked.add(name);
    Object value = tree.get(name);
    if (value == null) {
      throw wrong(name, "is missing");
    }
    if (!type.isInstance(value)) {
      throw wrong(name, value == JsonTree.Odd.NULL ? "must not be null" : "must be " + what);
    }
    return type.cast(value);
  }

  private <T> T asked(String name, T otherwise) {
    asked.add(name);
    return otherwise;
  }

  @SuppressWarnings("unchecked") // JsonTree makes maps with strings as keys and no others.
  private JsonRequest child(Map<?, ?> object, String childPath) {
    var child = new JsonRequest((Map<String, Object>) object, childPath);
    inside.add(child);
    return child;
  }
}
