// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Webhooks".
package io.hongbao.delivery;

/**
 * One request to a receiver.
 *
 * @param url as the webhook has it
 * @param signature value of {@link HookSigner#HEADER}
 * @param attempt how often it was tried, this time included
 */
@SuppressWarnings("ArrayRecordComponent") // Handed to the socket as it is, never compared.
public record Shipment(
    long webhookId, String url, String eventId, String signature, int attempt, byte[] body) {}
