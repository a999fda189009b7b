// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
/**
 * Webhooks: where events are sent, how far that has come, and the secrets that sign them.
 *
 * <p>All of them live in one partition, {@link io.hongbao.webhook.Webhook#PARTITION}: they are few,
 * and are listed together. What is durable is published into a process-wide {@link
 * io.hongbao.webhook.WebhookDirectory}, from which {@code delivery} knows what to send. How far it
 * has come is journaled now and then, so a crash repeats events and never skips one.
 *
 * <p>Secrets stand in journal and snapshots as they are, since they must sign: protect the data
 * directory as you protect them.
 *
 * <p><b>Thread:</b> the partition's; the directory's reads are everybody's. <b>Imports:</b> {@code
 * model}, the engine's SPI; no other family.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.webhook;
