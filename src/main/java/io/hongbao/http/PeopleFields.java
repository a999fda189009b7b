// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import io.hongbao.session.SessionLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Forms of what people say of themselves. */
final class PeopleFields {

  static final int NICKNAME_CHARS_MAX = 32;
  static final int CITY_CHARS_MAX = 64;
  static final int AVATAR_CHARS_MAX = 512;
  static final int PASSWORD_CHARS_MIN = 8;

  /** Longer ones are no safer, and every one is hashed. */
  static final int PASSWORD_CHARS_MAX = 128;

  private static final Pattern USER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{2,31}");
  private static final Pattern PHONE = Pattern.compile("\\+[1-9][0-9]{6,14}");
  private static final Pattern CODE = Pattern.compile("[0-9]{6}");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\x21-\\x7e]{1,128}");

  private PeopleFields() {}

  static String userName(JsonRequest body) throws BadRequestException {
    return body.text(
        "user_name", USER_NAME, "3 to 32 letters, digits, '_', '.' or '-', a letter first");
  }

  static String phone(JsonRequest body) throws BadRequestException {
    return body.text("phone", PHONE, "a phone such as +8613800000001");
  }

  static boolean isPhone(String text) {
    return PHONE.matcher(text).matches();
  }

  static String code(JsonRequest body) throws BadRequestException {
    return body.text("code", CODE, "six digits");
  }

  /** A password that somebody has: of any form, so that nothing is told of the rules. */
  static String oldPassword(JsonRequest body, String name) throws BadRequestException {
    return body.text(name, 1, PASSWORD_CHARS_MAX);
  }

  static String newPassword(JsonRequest body, String name) throws BadRequestException {
    return body.text(name, PASSWORD_CHARS_MIN, PASSWORD_CHARS_MAX);
  }

  /** Refuses what is guessed first: the name itself, one character again and again. */
  static void checkPassword(String password, String userName) throws BadRequestException {
    String lower = password.toLowerCase(Locale.ROOT);
    boolean isMonotonous = password.codePoints().distinct().count() < 3;
    boolean isName = !userName.isEmpty() && lower.contains(userName.toLowerCase(Locale.ROOT));
    if (isMonotonous || isName) {
      throw new BadRequestException(
          RefusalCode.PASSWORD_UNSUITABLE,
          isName
              ? "The password contains the user name."
              : "The password consists of one or two characters.");
    }
  }

  static String device(JsonRequest body) throws BadRequestException {
    return Fields.line(body, "device", SessionLimits.DEVICE_CHARS_MAX);
  }

  static String externalId(JsonRequest body) throws BadRequestException {
    String text = body.text("external_id", 0, 128);
    if (!text.isEmpty() && !EXTERNAL_ID.matcher(text).matches()) {
      throw body.wrong("external_id", "must be printable ASCII without spaces");
    }
    return text;
  }

  static String avatarUrl(JsonRequest body) throws BadRequestException {
    String text = Fields.line(body, "avatar_url", AVATAR_CHARS_MAX);
    if (!text.isEmpty() && !isHttps(text)) {
      throw body.wrong("avatar_url", "must be an https URL");
    }
    return text;
  }

  // Others' apps show it: a script or a file of theirs must never be what is loaded.
  private static boolean isHttps(String text) {
    try {
      URI uri = new URI(text);
      return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null;
    } catch (URISyntaxException notAUrl) {
      return false;
    }
  }

  /** What may be shown of a phone: the beginning and the last four digits. */
  static String masked(String phone) {
    int shown = Math.min(6, phone.length() - 8);
    return phone.substring(0, shown)
        + "*".repeat(phone.length() - shown - 4)
        + phone.substring(phone.length() - 4);
  }
}
