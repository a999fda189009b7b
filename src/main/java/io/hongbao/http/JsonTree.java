// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.hongbao.model.RefusalCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns the bytes of a body into a tree, or refuses them; knows JSON, not the contract.
 *
 * <p>The tree consists of {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code
 * Long}, {@code Boolean} and {@link Odd}. What JSON allows and the contract nowhere takes
 * (fractions, exponents, integers beyond a long, null) becomes an {@code Odd}, so that the field's
 * reader can refuse it by name.
 *
 * <p>Stricter than most readers: broken UTF-8 (also overlong forms and surrogates in it), a byte
 * order mark, repeated names, half surrogate pairs in escapes, and anything after the document are
 * refused.
 *
 * <p><b>Limit:</b> {@link #DEPTH_MAX} levels; the caller limits the bytes.
 */
final class JsonTree {

  /** A value that no field of the contract takes. */
  enum Odd {
    NULL,
    /** A fraction, an exponent, or an integer that is no long. */
    NOT_AN_INTEGER
  }

  /** The contract's deepest request has four levels. */
  static final int DEPTH_MAX = 16;

  // Digits of a long and a sign.
  private static final int INTEGER_LENGTH_MAX = 20;

  // Names are neither interned nor kept in tables: a client could fill those with names of its own.
  // Our own limits come first; those of the library only have to let them.
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(2 * DEPTH_MAX).build())
          .build();

  private JsonTree() {}

  /** The object in the given bytes. */
  static Map<String, Object> parse(byte[] utf8) throws BadRequestException {
    return read(utf8, parser -> object(parser, "", 1));
  }

  /** Reads what stands between the braces of a body, to the closing one. */
  interface Reader<T> {
    T read(JsonParser parser) throws IOException, BadRequestException;
  }

  /** Reads a body that is one object; the reader finds its first name next. */
  static <T> T read(byte[] utf8, Reader<T> reader) throws BadRequestException {
    CharBuffer chars = decode(utf8);
    try (JsonParser parser =
        FACTORY.createParser(chars.array(), chars.arrayOffset(), chars.remaining())) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw malformed("The body must be a JSON object.");
      }
      T object = reader.read(parser);
      if (parser.nextToken() != null) {
        throw malformed("The body has something after its JSON object.");
      }
      return object;
    } catch (JsonProcessingException broken) {
      // The library's own message repeats what the client sent; only the place is taken from it.
      long index = broken.getLocation() == null ? -1 : broken.getLocation().getCharOffset();
      throw malformed(
          "The body is not valid JSON" + (index < 0 ? "." : " (character " + (index + 1) + ")."));
    } catch (IOException impossible) {
      throw new IllegalStateException("reading from memory failed", impossible);
    }
  }

  private static CharBuffer decode(byte[] utf8) throws BadRequestException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException broken) {
      throw malformed("The body is not valid UTF-8.");
    }
  }

  private static Map<String, Object> object(JsonParser parser, String path, int depth)
      throws IOException, BadRequestException {
    var object = new LinkedHashMap<String, Object>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = whole(parser.currentName(), path);
      parser.nextToken();
      Object value = value(parser, path, name, depth);
      if (object.put(name, value) != null) {
        throw BadRequestException.malformed(pathOf(path, name), "stands there twice");
      }
    }
    return object;
  }

  private static List<Object> array(JsonParser parser, String path, int depth)
      throws IOException, BadRequestException {
    var array = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, path, "[" + array.size() + "]", depth));
    }
    return array;
  }

  private static Object value(JsonParser parser, String path, String name, int depth)
      throws IOException, BadRequestException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser, pathOf(path, name), deeper(depth));
      case START_ARRAY -> array(parser, pathOf(path, name), deeper(depth));
      case VALUE_STRING -> whole(parser.getText(), pathOf(path, name));
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> Odd.NOT_AN_INTEGER;
      case VALUE_NULL -> Odd.NULL;
      default -> throw malformed("The body is not valid JSON.");
    };
  }

  private static Object integer(JsonParser parser) throws IOException {
    if (parser.getTextLength() > INTEGER_LENGTH_MAX) {
      return Odd.NOT_AN_INTEGER;
    }
    try {
      return Long.parseLong(parser.getText());
    } catch (NumberFormatException tooLarge) {
      return Odd.NOT_AN_INTEGER;
    }
  }

  private static int deeper(int depth) throws BadRequestException {
    if (depth == DEPTH_MAX) {
      throw malformed("The body is deeper than " + DEPTH_MAX + " levels.");
    }
    return depth + 1;
  }

  // An escape like backslash-u-d800 alone is no character; UTF-8 could not carry it on.
  private static String whole(String text, String path) throws BadRequestException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isSurrogate(c)) {
        boolean isPair =
            Character.isHighSurrogate(c)
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
        if (!isPair) {
          throw malformed((path.isEmpty() ? "The body" : path) + " has half of a surrogate pair.");
        }
        i++;
      }
    }
    return text;
  }

  static String pathOf(String path, String name) {
    return path.isEmpty() || name.startsWith("[") ? path + shown(name) : path + "." + shown(name);
  }

  // A name that the client made up goes into our answer: short and printable.
  private static String shown(String name) {
    int lengthMax = 64;
    String head = name.length() > lengthMax ? name.substring(0, lengthMax) + "…" : name;
    return head.chars().allMatch(c -> (c >= 0x20 && c < 0x7f) || c == '…') ? head : "(unprintable)";
  }

  private static BadRequestException malformed(String sentence) {
    return new BadRequestException(RefusalCode.MALFORMED_REQUEST, sentence);
  }
}
