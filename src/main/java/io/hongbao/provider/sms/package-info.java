// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Codes by SMS".
/**
 * Messages to phones: the port to whoever sends them, its limits, and the codes that they carry.
 *
 * <p>Codes are short-lived and may be lost by a restart: the user asks for another one. What counts
 * his failures is journaled, elsewhere.
 *
 * <p><b>Thread:</b> any. <b>Imports:</b> {@code model}, {@code time}, {@code provider}, Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.provider.sms;
