// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
package io.hongbao.http;

/**
 * What the routes of the page and of /ops need.
 *
 * @param board shared by the edges of all loops
 */
public record PlayParts(PlayDoor door, PlayBoard board) {}
