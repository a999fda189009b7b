// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Sandbox".
/**
 * The sandbox's clock: how far it was advanced, journaled in partition 0.
 *
 * <p>Exists in every build, is reached only on a directory that was created as a sandbox.
 *
 * <p><b>Thread:</b> the partition's. <b>Imports:</b> {@code model}, the engine's SPI.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.sandbox;
