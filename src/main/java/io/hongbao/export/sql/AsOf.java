// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Read model".
package io.hongbao.export.sql;

/**
 * How far the read model had come when an answer was read; the answer may know more, not less.
 *
 * @param partition the one that the reader named, else that of the user's account
 * @param sequence last sequence of that partition in the model, 0 if none
 * @param timeMs time of that change; of the newest change in the model when there is none
 */
public record AsOf(int partition, long sequence, long timeMs) {}
