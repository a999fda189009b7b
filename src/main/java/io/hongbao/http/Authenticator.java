// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Roles and scopes".
package io.hongbao.http;

import io.hongbao.apikey.ApiKey;
import io.hongbao.apikey.KeyDirectory;
import io.hongbao.apikey.LiveKey;
import io.hongbao.apikey.Scope;
import io.hongbao.model.RefusalCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says whose a request is, and whether its route is for them.
 *
 * <p>A user is who the token says, and nobody else. A key acts for the user whom it names, on
 * routes that say so, and only there.
 *
 * <p><b>Thread:</b> one event loop's: the digest has state.
 */
final class Authenticator {

  /** Names the user for whom a backend acts. */
  static final String USER_HEADER = "Hongbao-User";

  /** No token of ours is longer; more is not even hashed. */
  private static final int TOKEN_LENGTH_MAX = 256;

  private static final String SCHEME = "Bearer ";

  private final Sessions sessions;
  private final OperatorKey rootKey;
  private final KeyDirectory keys;
  private final KeyWatch watch;
  private final MessageDigest digest = Hash128.sha256();

  Authenticator(Sessions sessions, OperatorKey rootKey, KeyDirectory keys, KeyWatch watch) {
    this.sessions = sessions;
    this.rootKey = rootKey;
    this.keys = keys;
    this.watch = watch;
  }

  /**
   * Reads the headers of a request.
   *
   * @param authorization the header Authorization
   * @param user the header {@link #USER_HEADER}
   * @throws BadRequestException {@code UNAUTHENTICATED}; {@code FORBIDDEN} when the bearer is known
   *     and the route is not for them; {@code MALFORMED_REQUEST} for a user that is missing or no
   *     id
   */
  Principal authenticate(
      @Nullable String authorization, @Nullable String user, Route route, long nowMs)
      throws BadRequestException {
    Access access = route.access();
    Principal bearer = bearer(authorization, nowMs);
    if (bearer.isKey()) {
      judge(bearer, route);
      return access.takesUsers() ? bearer.actingFor(userOf(user)) : bearer;
    }
    if (!access.takesUsers()) {
      throw forbidden(bearer, route, "This route needs a key of role " + roles(access) + ".");
    }
    if (user != null && Ids.parse(user, Fields.ID_MAX) != bearer.userId()) {
      throw forbidden(bearer, route, "A user's token acts for that user and nobody else.");
    }
    return bearer;
  }

  /** Whether what let the bearer in would let them in now; for answers that go on for long. */
  boolean isStillGood(Principal principal, long nowMs) {
    return switch (principal.kind()) {
      case ANYONE -> true;
      case USER ->
          sessions.userOf(principal.hashHigh(), principal.hashLow(), nowMs) == principal.userId();
      case KEY ->
          principal.keyId() == ApiKey.ROOT_ID
              || keys.find(principal.hashHigh(), principal.hashLow(), nowMs) != null;
    };
  }

  /** Whose token this is; {@link Sessions#NOBODY} when it is nobody's. */
  long userOfToken(String token, long nowMs) {
    if (token.length() > TOKEN_LENGTH_MAX) {
      return Sessions.NOBODY;
    }
    ByteBuffer words = ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    return sessions.userOf(words.getLong(), words.getLong(), nowMs);
  }

  private Principal bearer(@Nullable String header, long nowMs) throws BadRequestException {
    if (header == null) {
      throw unauthenticated("The header Authorization is missing.");
    }
    // The scheme's name has no case, RFC 9110 section 11.1.
    boolean isBearer = header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (!isBearer || header.length() > SCHEME.length() + TOKEN_LENGTH_MAX) {
      throw unauthenticated("The header Authorization holds no bearer token.");
    }
    byte[] hash = digest.digest(header.substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8));
    ByteBuffer words = ByteBuffer.wrap(hash);
    long high = words.getLong();
    long low = words.getLong();
    if (rootKey.matches(hash)) {
      return Principal.ofRoot(high, low);
    }
    long userId = sessions.userOf(high, low, nowMs);
    if (userId != Sessions.NOBODY) {
      return Principal.ofUser(userId, high, low);
    }
    LiveKey key = keys.find(high, low, nowMs);
    if (key == null) {
      throw unauthenticated(RefusalCode.UNAUTHENTICATED.sentence());
    }
    if (key.use(nowMs)) {
      watch.used(key.key().keyId(), nowMs);
    }
    return Principal.ofKey(key.key(), high, low);
  }

  private void judge(Principal bearer, Route route) throws BadRequestException {
    Access access = route.access();
    if (!access.roles().contains(bearer.keyRole())) {
      throw forbidden(
          bearer,
          route,
          access.takesKeys()
              ? "This route needs a key of role " + roles(access) + "."
              : "This route needs a user's token.");
    }
    Scope scope = access.scope();
    if (scope != null && !scope.isIn(bearer.scopes())) {
      throw forbidden(
          bearer, route, "This route needs a key with the scope " + scope.wireName() + ".");
    }
  }

  private static long userOf(@Nullable String header) throws BadRequestException {
    if (header == null) {
      throw new BadRequestException(
          RefusalCode.MALFORMED_REQUEST,
          "The header " + USER_HEADER + " is missing: it names the user for whom the key acts.");
    }
    long userId = Ids.parse(header, Fields.ID_MAX);
    if (userId == Ids.NOT_AN_ID) {
      throw BadRequestException.malformed(
          USER_HEADER, "must be an id: 1 to " + Fields.ID_MAX + " in decimal digits");
    }
    return userId;
  }

  private static String roles(Access access) {
    return access.roles().stream()
        .sorted()
        .map(role -> role.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(" or "));
  }

  private BadRequestException forbidden(Principal bearer, Route route, String detail) {
    watch.forbade(bearer, route);
    return new BadRequestException(RefusalCode.FORBIDDEN, detail);
  }

  private static BadRequestException unauthenticated(String detail) {
    return new BadRequestException(RefusalCode.UNAUTHENTICATED, detail);
  }
}
