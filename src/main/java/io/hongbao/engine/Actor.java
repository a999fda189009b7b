// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.engine;

/**
 * Who wants a change that is audited, and why.
 *
 * @param keyId the key's id; 0 = the key file of the data directory
 * @param name the key's name, which the audit keeps when the key is gone
 * @param operation what was called: {@code POST /v1/operator/top-ups}
 * @param cause in the operator's words; empty when none was asked for
 */
public record Actor(long keyId, String name, String operation, String cause) {}
