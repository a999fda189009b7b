// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "People".
/**
 * People: who a user is beyond a number, what is unique about them, and how often they failed.
 *
 * <p>Three kinds of entity, each in a partition of its own. A {@link io.hongbao.person.Person}
 * lives with its user's slot. A {@link io.hongbao.person.Handle} (a user name, a phone, an external
 * id) lives in the partition of its hash, where two who want the same one meet. An {@link
 * io.hongbao.person.FailedAddress} lives in the partition of the address' hash.
 *
 * <p>Users who never registered have no person here and lose nothing by it.
 *
 * <p><b>Thread:</b> the partition's. <b>Imports:</b> {@code model}, {@code ledger}, the engine's
 * SPI; no other family, no Vert.x, no input or output.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.person;
