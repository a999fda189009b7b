// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The read model's process".
/**
 * What the server asks of the operating system: turns of threads, and a second process that holds
 * the embedded database of the read model.
 *
 * <p>Whatever lives for seconds in the server's heap is copied by a collection that stops the event
 * loops; pages and rows of a database do. In a process of its own they stop nobody else.
 *
 * <p><b>Thread:</b> stated by each class.
 *
 * <p>Imports {@code time}, for chance.
 */
@org.jspecify.annotations.NullMarked
package io.hongbao.process;
