// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
/** Tests of the open room: its parts without a browser, and all of it in a real Chromium. */
package io.hongbao.play;
