// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Configuration".
package io.hongbao.config;

import java.util.regex.Pattern;

/** Hides the passwords inside a connection URL. */
final class UrlMask {

  private static final Pattern PARAMETER =
      Pattern.compile("(?i)((?:password|passwd|pwd|secret|token)=)[^;&]*");

  // Up to the last @ of the authority, since a password may itself contain one.
  private static final Pattern USER_INFO = Pattern.compile("(//[^/:@?;]*:)[^/?;]*(@)");

  private UrlMask() {}

  static String mask(String url) {
    String withoutParameters = PARAMETER.matcher(url).replaceAll("$1********");
    return USER_INFO.matcher(withoutParameters).replaceAll("$1********$2");
  }
}
