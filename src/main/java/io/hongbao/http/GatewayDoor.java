// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.http;

import io.hongbao.gateway.Gateway;

/**
 * The gateway as one edge sees it.
 *
 * @param loop number of the edge's own loop
 */
public record GatewayDoor(Gateway gateway, int loop) {}
