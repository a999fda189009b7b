// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export;

/**
 * Where and when an exported event stands.
 *
 * @param eventIndex ordinal of the event in its record, from 0
 */
public record RecordStamp(int partition, long sequence, long timeMs, int eventIndex) {}
