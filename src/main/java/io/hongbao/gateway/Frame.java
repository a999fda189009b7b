// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import io.netty.buffer.ByteBuf;

/**
 * A moment of a room as bytes, shared by all readers of one kind on all loops.
 *
 * <p><b>Thread:</b> any; the bytes are never changed, and counted: each loop that gets the frame
 * holds them once, each write under way once more.
 *
 * @param from first sequence it speaks of
 * @param to last sequence it speaks of
 * @param count entries in it
 * @param moneyBytes rough size of what must not be lost
 * @param atMs when its newest entry was appended
 */
record Frame(long from, long to, int count, int moneyBytes, long atMs, ByteBuf bytes) {

  int sizeBytes() {
    return bytes.readableBytes();
  }
}
