// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Families".
package io.hongbao.engine;

import io.hongbao.ledger.Holds;
import io.hongbao.ledger.Ledger;
import io.hongbao.ledger.Suspense;
import io.hongbao.model.StateHash;

/**
 * The pieces of a partition's state that its families share.
 *
 * @param live whether this state serves clients; false in the snapshot builder and in {@code
 *     verify}, where nothing may be published to the process
 */
public record PartitionParts(
    int partition,
    int partitionCount,
    boolean live,
    StateHash stateHash,
    Ledger ledger,
    Holds holds,
    Timers timers,
    IdSequence ids,
    Outbox outbox,
    Suspense suspense) {}
