// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Passwords".
package io.hongbao.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.jspecify.annotations.Nullable;

/**
 * One Argon2id hash with what it takes to make it again, as the text that the journal keeps: {@code
 * $argon2id$v=19$m=19456,t=2,p=1$<salt>$<hash>}.
 */
final class Argon2Hash {

  static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final int VERSION = 19;

  private static final Pattern FORM =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,8}),t=(\\d{1,4}),p=(\\d{1,3})"
              + "\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

  private final PasswordCost cost;
  private final byte[] salt;
  private final byte[] hash;

  private Argon2Hash(PasswordCost cost, byte[] salt, byte[] hash) {
    this.cost = cost;
    this.salt = salt;
    this.hash = hash;
  }

  /** Hashes a password; tens of milliseconds and {@code cost.memoryKib()} of memory. */
  static Argon2Hash of(String password, PasswordCost cost, byte[] salt) {
    return new Argon2Hash(cost, salt, work(password, cost, salt, HASH_BYTES));
  }

  /** Reads a kept text; null when it has another form. */
  static @Nullable Argon2Hash parse(String text) {
    Matcher m = FORM.matcher(text);
    if (!m.matches()) {
      return null;
    }
    PasswordCost cost =
        new PasswordCost(
            Integer.parseInt(m.group(1)),
            Integer.parseInt(m.group(2)),
            Integer.parseInt(m.group(3)));
    Base64.Decoder decoder = Base64.getDecoder();
    try {
      return new Argon2Hash(cost, decoder.decode(m.group(4)), decoder.decode(m.group(5)));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }

  /** Whether it is this password's; as long as {@link #of}, whatever the outcome. */
  boolean fits(String password) {
    return MessageDigest.isEqual(hash, work(password, cost, salt, hash.length));
  }

  PasswordCost cost() {
    return cost;
  }

  private static byte[] work(String password, PasswordCost cost, byte[] salt, int lengthBytes) {
    Argon2Parameters parameters =
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(cost.memoryKib())
            .withIterations(cost.iterations())
            .withParallelism(cost.parallelism())
            .withSalt(salt)
            .build();
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(parameters);
    byte[] result = new byte[lengthBytes];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), result);
    return result;
  }

  @Override
  public String toString() {
    Base64.Encoder encoder = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            VERSION,
            cost.memoryKib(),
            cost.iterations(),
            cost.parallelism(),
            encoder.encodeToString(salt),
            encoder.encodeToString(hash));
  }
}
