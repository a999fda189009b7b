// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/** A form in which a moment of a room goes out; encoded once, whoever wants it. */
enum Wire {
  JSON(Family.JSON, Packing.NONE),
  JSON_DEFLATE(Family.JSON, Packing.DEFLATE),
  SSE(Family.SSE, Packing.NONE),
  GOIM(Family.GOIM, Packing.NONE),
  GOIM_ZLIB(Family.GOIM, Packing.ZLIB),
  GOIM_BROTLI(Family.GOIM, Packing.BROTLI),
  GOIM_TCP(Family.GOIM_TCP, Packing.NONE),
  GOIM_TCP_ZLIB(Family.GOIM_TCP, Packing.ZLIB),
  GOIM_TCP_BROTLI(Family.GOIM_TCP, Packing.BROTLI);

  /** What the bytes mean. */
  enum Family {
    JSON,
    SSE,
    GOIM,
    GOIM_TCP
  }

  /** How they are made smaller. */
  enum Packing {
    NONE,
    DEFLATE,
    ZLIB,
    BROTLI
  }

  private static final Wire[] ALL = values();

  /** Lanes of a room: every wire in every density; less than the bits of a long. */
  static final int LANES = ALL.length * Density.COUNT;

  private final Family family;
  private final Packing packing;

  Wire(Family family, Packing packing) {
    this.family = family;
    this.packing = packing;
  }

  Family family() {
    return family;
  }

  Packing packing() {
    return packing;
  }

  @SuppressWarnings("EnumOrdinal") // an index of this process, written nowhere
  int lane(Density density) {
    return ordinal() * Density.COUNT + density.ordinal();
  }

  static Wire ofLane(int lane) {
    return ALL[lane / Density.COUNT];
  }

  static Density densityOf(int lane) {
    return Density.at(lane % Density.COUNT);
  }
}
