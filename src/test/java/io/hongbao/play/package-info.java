// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
/**
 * Tests of the open room.
 *
 * <p>QR codes are read back by a reader of their own. The whole, with the jar, its supervisor and
 * SIGKILL, is looked at in a real Chromium; the modules of the page that need none run on Node
 * ({@code io.hongbao.cli.PlayModulesIT}).
 */
package io.hongbao.play;
