// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Providers".
/**
 * Paying from outside: the port to payment providers, their notices, and the desk that knows them.
 *
 * <p>The course of an order, as its owner sees it:
 *
 * <ul>
 *   <li>{@code prepay} places it and gives the customer something to pay with.
 *   <li>A notice may say that it was paid: late, twice, out of order, from a forger, or never. It
 *       is believed only when {@link io.hongbao.provider.pay.NoticeVerifier} says so, and then
 *       compared with the order by the order's owner.
 *   <li>Where no notice came, {@code query} is asked until it says paid or closed.
 *   <li>At the deadline {@code close} turns "not paid yet" into one of two certainties.
 *   <li>What was paid too late or by mistake goes back by {@code refund}, asked after by {@code
 *       queryRefund} until done.
 * </ul>
 *
 * <p>Every provider passes the same suite, {@code PayProviderContract}.
 *
 * <p><b>Thread:</b> see {@link io.hongbao.provider}. Signing and checking are pure.
 */
@NullMarked
package io.hongbao.provider.pay;

import org.jspecify.annotations.NullMarked;
