// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "TLS".
/**
 * The server's own certificate: read from PEM, checked, handed to Vert.x.
 *
 * <p>Reads bytes, not files; who reads the files, and when again, is the wiring's business. May
 * import the model and Vert.x.
 */
@NullMarked
package io.hongbao.tls;

import org.jspecify.annotations.NullMarked;
