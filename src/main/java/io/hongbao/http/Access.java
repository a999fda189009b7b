// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The edge".
package io.hongbao.http;

/** Who may call a route. */
enum Access {
  /** Anyone; what is behind it knows no user. */
  PUBLIC,
  /** The holder of a user's token, for that user and nobody else. */
  USER,
  /** The holder of the operator key. */
  OPERATOR
}
