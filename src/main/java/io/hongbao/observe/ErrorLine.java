// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Observing".
package io.hongbao.observe;

import org.jspecify.annotations.Nullable;

/** An exception on one line: each cause with the nearest frames, the innermost cause last. */
final class ErrorLine {

  /** Enough to find the place; the rest is the same few layers every time. */
  private static final int FRAMES_MAX = 8;

  /** Causes can go round. */
  private static final int CAUSES_MAX = 5;

  private ErrorLine() {}

  static String of(Throwable thrown) {
    StringBuilder line = new StringBuilder(400);
    @Nullable Throwable cause = thrown;
    for (int depth = 0; depth < CAUSES_MAX && cause != null; depth++) {
      line.append(depth == 0 ? "" : "; caused by ").append(cause);
      StackTraceElement[] frames = cause.getStackTrace();
      for (int index = 0; index < Math.min(frames.length, FRAMES_MAX); index++) {
        StackTraceElement frame = frames[index];
        line.append(index == 0 ? " at " : " < ").append(shortName(frame.getClassName()));
        line.append('.').append(frame.getMethodName()).append(':').append(frame.getLineNumber());
      }
      cause = cause.getCause();
    }
    return line.toString();
  }

  /** The name without its packages. */
  static String shortName(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
