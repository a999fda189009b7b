// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
/**
 * Brings events to webhooks: in order, again and again until they are accepted, signed.
 *
 * <p>{@link io.hongbao.delivery.HookQueue} knows what may be sent next: of each subject one event
 * at a time, so that nothing overtakes. {@link io.hongbao.delivery.HookWorker} serves one webhook,
 * {@link io.hongbao.delivery.Deliveries} all of them. What goes over the wire is behind {@link
 * io.hongbao.delivery.HookSender}; {@link io.hongbao.delivery.HttpHookSender} is the real one and
 * guards the inner network ({@link io.hongbao.delivery.AddressRule}).
 *
 * <p><b>Thread:</b> one executor's for everything but the door's questions.
 *
 * <p>Imports {@code feed}, {@code webhook}, {@code engine}'s commands; only the sender knows
 * Vert.x.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.delivery;
