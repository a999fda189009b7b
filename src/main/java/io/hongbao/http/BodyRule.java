// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

/** What body a route takes. */
enum BodyRule {
  /** None; what a client sends all the same is read and thrown away, within limits. */
  NONE,
  /** A JSON object of ordinary size. */
  JSON,
  /** A JSON object of ordinary size, or nothing at all. */
  JSON_OR_EMPTY,
  /** A JSON object of an operator's bulk call. */
  BULK_JSON,
  /** A provider's notice: bytes whose signature is checked before anything is read from them. */
  NOTICE
}
