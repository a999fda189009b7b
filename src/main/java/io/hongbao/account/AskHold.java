// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Ledger".
package io.hongbao.account;

import io.hongbao.engine.Effect;

/**
 * Asks the outside what became of what an external hold stands for.
 *
 * <p>The outcome comes back as {@link AccountCommand.PostHold} or {@link
 * AccountCommand.ReleaseHold} with a receipt; while there is none, the hold stays and the question
 * is repeated at growing distances.
 *
 * <p>Whoever placed the hold knows the outside, not this server: such holds are listed by {@code
 * GET /v1/holds?state=asked}, and the answer comes by posting or releasing them.
 */
public record AskHold(long holdId, long userId, int asset, long leftMinor) implements Effect {}
