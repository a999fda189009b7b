// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Redis".
package io.hongbao.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A script of scripts/lua; its comment says what it takes and returns.
 *
 * <p><b>Thread:</b> any; immutable.
 */
public enum RedisScript {
  /** Takes a place at a packet. */
  ADMISSION_ENTER("admission_enter"),
  /** Gives the place back. */
  ADMISSION_LEAVE("admission_leave");

  private final String source;
  private final String sha1;

  RedisScript(String name) {
    this.source = read("/lua/" + name + ".lua");
    this.sha1 = sha1Of(source);
  }

  String source() {
    return source;
  }

  /** The name under which the server keeps the script. */
  String sha1() {
    return sha1;
  }

  private static String read(String resource) {
    try (InputStream in = RedisScript.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + resource);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // Redis' own choice; here a name and no protection.
  private static String sha1Of(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
