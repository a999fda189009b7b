// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.nio.charset.StandardCharsets;

/**
 * Finds whom an event of the feed concerns, in the bytes of its envelope.
 *
 * <p>A name between bare quotes is always a field: inside of texts quotes are escaped.
 *
 * <p><b>Thread:</b> any; keeps nothing.
 */
final class UserIds {

  /** Sender, recipient, owner. */
  static final int COUNT_MAX = 4;

  private static final byte[] TAIL = "_id\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[][] NAMES = {
    "\"user".getBytes(StandardCharsets.US_ASCII),
    "\"sender".getBytes(StandardCharsets.US_ASCII),
    "\"owner".getBytes(StandardCharsets.US_ASCII)
  };

  private UserIds() {}

  /** Puts the ids into the array, each once; says how many there are. */
  static int in(byte[] json, long[] ids) {
    int count = 0;
    for (int at = 0; at + TAIL.length < json.length && count < COUNT_MAX; at++) {
      if (json[at] == '_' && isAt(json, at, TAIL) && isNamed(json, at)) {
        long id = 0;
        for (int i = at + TAIL.length; i < json.length && json[i] >= '0' && json[i] <= '9'; i++) {
          id = 10 * id + (json[i] - '0');
        }
        boolean isNew = id > 0;
        for (int i = 0; i < count; i++) {
          isNew &= ids[i] != id;
        }
        if (isNew) {
          ids[count++] = id;
        }
      }
    }
    return count;
  }

  private static boolean isNamed(byte[] json, int end) {
    for (byte[] name : NAMES) {
      if (end >= name.length && isAt(json, end - name.length, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] json, int at, byte[] what) {
    for (int i = 0; i < what.length; i++) {
      if (json[at + i] != what[i]) {
        return false;
      }
    }
    return true;
  }
}
