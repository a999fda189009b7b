// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

/**
 * How much the gateway lets itself be asked.
 *
 * @param connectionsMax open at once, over all loops
 * @param perAddressMax from one network address
 * @param perUserMax of one user
 * @param roomsMax that one connection may be in
 * @param messageBytesMax of a message of a client
 * @param messagesPerSecond of one client, on average
 * @param outboxBytes what may wait for one client, here and in the kernel
 * @param ringBytes of frames that slow readers of one lane share
 * @param pingMs silence after which a client is asked whether it lives
 * @param idleMs silence after which it is cut off
 * @param helloMs time in which a client must say what it wants
 * @param presenceMs between two marks of presence
 * @param drainMs over which clients are told to come back when the server stops
 */
public record GatewayLimits(
    int connectionsMax,
    int perAddressMax,
    int perUserMax,
    int roomsMax,
    int messageBytesMax,
    int messagesPerSecond,
    int outboxBytes,
    int ringBytes,
    long pingMs,
    long idleMs,
    long helloMs,
    long presenceMs,
    long drainMs) {}
