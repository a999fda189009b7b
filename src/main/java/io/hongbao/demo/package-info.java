// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
/**
 * The play that {@code hongbao demo} shows: a server of its own, a crowd that opens red packets
 * over the real HTTP API, a kill in the middle, and the books added up at the end.
 *
 * <p>{@link io.hongbao.demo.Demo} runs the chapters in order. A chapter speaks to the server only
 * through {@link io.hongbao.demo.DemoClient}, writes down what it was told in {@link
 * io.hongbao.demo.DemoLedger}, which knows what everybody must have, and complains to {@link
 * io.hongbao.demo.Findings}. The server is a child process behind {@link
 * io.hongbao.demo.SandboxServer}, so that tests can put another one there.
 *
 * <p><b>Thread:</b> the caller's, and virtual threads for the crowd; everything here may block.
 *
 * <p>Imports the verifiable draw and its JSON to check proofs as any client would, and nothing else
 * of the server: what it knows, it heard over HTTP.
 */
@NullMarked
package io.hongbao.demo;

import org.jspecify.annotations.NullMarked;
