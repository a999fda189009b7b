// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Journal".
package io.hongbao.engine;

/** Says that a journal or snapshot holds an event that this version does not know. */
public final class UnknownEventException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  public UnknownEventException(int schemaId, int templateId) {
    super(
        "the data holds event "
            + schemaId
            + "/"
            + templateId
            + ", which this version does not know; it was written by a newer one");
  }
}
