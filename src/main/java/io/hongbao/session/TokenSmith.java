// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sessions".
package io.hongbao.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Makes the tokens of logins from the server's key, so that the same pair can be made again and
 * none has to be kept.
 *
 * <p>{@code access = "hb_" + HMAC(key, "access" user session generation)}, {@code refresh = "hbr_"
 * + user session generation HMAC(key, "refresh" user session generation)}, in base64url. A refresh
 * token names its place and proves it; an old one does so too, and that is how its use is noticed.
 *
 * <p>Whoever has the key can make every token: it stands in a file of the data directory that only
 * its owner may read, never in the journal. Another key ends all logins and nothing else.
 *
 * <p><b>Thread:</b> any.
 */
public final class TokenSmith {

  private static final String ACCESS_PREFIX = "hb_";
  private static final String REFRESH_PREFIX = "hbr_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int PLACE_BYTES = 2 * Long.BYTES + Integer.BYTES;
  private static final int MAC_BYTES = 32;

  private final SecretKeySpec key;

  public TokenSmith(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** The place that a genuine refresh token names. */
  public record RefreshPlace(long userId, long sessionId, int generation) {}

  String access(long userId, long sessionId, int generation) {
    byte[] place = place(userId, sessionId, generation);
    return ACCESS_PREFIX + base64(mac("access", place));
  }

  String refresh(long userId, long sessionId, int generation) {
    byte[] place = place(userId, sessionId, generation);
    byte[] token =
        ByteBuffer.allocate(PLACE_BYTES + MAC_BYTES).put(place).put(mac("refresh", place)).array();
    return REFRESH_PREFIX + base64(token);
  }

  /** The hash under which the directory finds an access token. */
  static Login.Access hashed(String token, long expiresAtMs) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer hash = ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.US_ASCII)));
      return new Login.Access(hash.getLong(), hash.getLong(), expiresAtMs);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Reads a refresh token; null when it was not made with this key. */
  public @Nullable RefreshPlace read(String token) {
    if (!token.startsWith(REFRESH_PREFIX)) {
      return null;
    }
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(token.substring(REFRESH_PREFIX.length()));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
    if (bytes.length != PLACE_BYTES + MAC_BYTES) {
      return null;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    byte[] place = new byte[PLACE_BYTES];
    byte[] proof = new byte[MAC_BYTES];
    in.get(place).get(proof);
    // In constant time: the proof is all that keeps others out.
    if (!MessageDigest.isEqual(proof, mac("refresh", place))) {
      return null;
    }
    ByteBuffer words = ByteBuffer.wrap(place);
    return new RefreshPlace(words.getLong(), words.getLong(), words.getInt());
  }

  private byte[] mac(String purpose, byte[] place) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(purpose.getBytes(StandardCharsets.US_ASCII));
      return mac.doFinal(place);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static byte[] place(long userId, long sessionId, int generation) {
    return ByteBuffer.allocate(PLACE_BYTES)
        .putLong(userId)
        .putLong(sessionId)
        .putInt(generation)
        .array();
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
