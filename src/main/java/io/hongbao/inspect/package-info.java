// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
/**
 * Looks at stopped data directories: verification, backup, restore. Changes nothing in them.
 *
 * <p>What {@code hongbao verify} says rests on nothing that the server has kept as a sum: all
 * frames are read and checked, all records replayed from the first one, every snapshot and every
 * journaled hash compared on the way, and money counted afresh from accounts, packets and transfers
 * under way.
 *
 * <p><b>Thread:</b> the command's. Imports the engine and the families; knows no Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.inspect;
