// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/** What becomes of one message of an SBE schema in the public feed. */
public sealed interface Template {

  int templateId();

  /** It is shown under that name. */
  record Shown(int templateId, String name, String subjectKind) implements Template {}

  /** It is not shown, and why. */
  record Hidden(int templateId, String reason) implements Template {}
}
