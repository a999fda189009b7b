// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.export.sql;

/**
 * A change that an operator made.
 *
 * @param id place in the journal, packed; see {@code export.audit.AuditTable}
 * @param actor the key's name then
 * @param subject {@code kind:id}; empty when only the events of the record tell
 * @param before facts as a JSON object; empty = nothing
 * @param after likewise
 */
public record AuditEntry(
    long id,
    long atMs,
    long keyId,
    String actor,
    String operation,
    String cause,
    String subject,
    String before,
    String after) {}
