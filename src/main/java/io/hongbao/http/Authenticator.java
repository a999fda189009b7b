// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

import io.hongbao.model.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Says for whom a request acts. The user is who the token says, and nobody else.
 *
 * <p><b>Thread:</b> one event loop's: the digest has state.
 */
final class Authenticator {

  /** For an operator, who acts for no user. */
  static final long OPERATOR = 0;

  /** No token of ours is longer; more is not even hashed. */
  private static final int TOKEN_LENGTH_MAX = 256;

  private static final String SCHEME = "Bearer ";

  private final Sessions sessions;
  private final OperatorKey operatorKey;
  private final MessageDigest digest = Hash128.sha256();

  Authenticator(Sessions sessions, OperatorKey operatorKey) {
    this.sessions = sessions;
    this.operatorKey = operatorKey;
  }

  /**
   * Reads the header Authorization.
   *
   * @return the user, or {@link #OPERATOR}
   * @throws BadRequestException {@code UNAUTHENTICATED} or {@code FORBIDDEN}
   */
  long authenticate(@Nullable String header, Access access, long nowMs) throws BadRequestException {
    if (header == null) {
      throw refused(RefusalCode.UNAUTHENTICATED, "The header Authorization is missing.");
    }
    // The scheme's name has no case, RFC 9110 section 11.1.
    boolean isBearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (!isBearer || header.length() > SCHEME.length() + TOKEN_LENGTH_MAX) {
      throw refused(RefusalCode.UNAUTHENTICATED, "The header Authorization holds no bearer token.");
    }
    byte[] hash = digest.digest(header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    boolean isOperator = operatorKey.matches(hash);
    if (isOperator && access == Access.OPERATOR) {
      return OPERATOR;
    }
    ByteBuffer words = ByteBuffer.wrap(hash);
    long userId = isOperator ? OPERATOR : sessions.userOf(words.getLong(), words.getLong(), nowMs);
    if (userId == Sessions.NOBODY && !isOperator) {
      throw refused(RefusalCode.UNAUTHENTICATED, RefusalCode.UNAUTHENTICATED.sentence());
    }
    if (isOperator || access == Access.OPERATOR) {
      throw refused(
          RefusalCode.FORBIDDEN,
          isOperator ? "This route needs a user's token." : "This route needs an operator key.");
    }
    return userId;
  }

  private static BadRequestException refused(RefusalCode code, String detail) {
    return new BadRequestException(code, detail);
  }
}
