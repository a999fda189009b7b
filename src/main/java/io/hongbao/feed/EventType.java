// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/**
 * A kind of public event.
 *
 * @param index its place in the catalogue of this process; means nothing outside
 * @param name such as {@code red_packet.opened}; never changes its meaning
 * @param subjectKind what the event is about, such as {@code red_packet}
 */
public record EventType(int index, String name, String subjectKind) {}
