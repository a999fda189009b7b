// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.play;

/**
 * What the person at the terminal wants.
 *
 * @param viewers simulated ones, {@link #VIEWERS_MIN} to {@link #VIEWERS_MAX}
 * @param port of the page; 0 for {@link #PORT_DEFAULT}, or a free one when that is taken
 * @param lan whether others in the local network may come
 * @param keep whether the sandbox stays when the play is over
 * @param seed of what the viewers do
 */
public record PlayOptions(int viewers, int port, boolean lan, boolean keep, long seed) {

  public static final int VIEWERS_MIN = 0;
  public static final int VIEWERS_MAX = 2_000;
  public static final int VIEWERS_DEFAULT = 500;
  public static final int PORT_DEFAULT = 8080;
}
