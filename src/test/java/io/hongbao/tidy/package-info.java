// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Gates".
/**
 * The gates that no compiler flag covers: format, layout of files, directions between packages,
 * calls that only some packages may make.
 *
 * <p>A gate that fails says which file, which line, and what to do. The list of gates with their
 * remedies is in CONTRIBUTING.md.
 */
package io.hongbao.tidy;
