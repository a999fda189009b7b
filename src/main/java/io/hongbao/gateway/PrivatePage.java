// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
package io.hongbao.gateway;

import java.util.List;

/**
 * Events of one user, in the journal's order.
 *
 * @param position behind the last of them
 * @param items their envelopes as JSON
 */
record PrivatePage(String position, List<byte[]> items) {}
