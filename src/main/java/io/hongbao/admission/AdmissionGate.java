// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.admission;

/**
 * Lets at most so many opens of one packet be under way at once.
 *
 * <ul>
 *   <li>Whoever enters hears exactly one word, perhaps before {@link #enter} returns.
 *   <li>A place that was given is left once the open has its answer; leaving it again does nothing.
 *   <li>A place that is never left comes free when its lease ends, also when its node is gone.
 * </ul>
 *
 * <p><b>Thread:</b> as each form says; the word comes on the thread that entered.
 */
public interface AdmissionGate {

  /** Asks for one of the packet's places. */
  void enter(long packetId, Visitor visitor);

  /** Hears what became of an {@link #enter}: one of these, once. */
  interface Visitor {

    /** There is a place. */
    void admitted(Place place);

    /**
     * All places are taken.
     *
     * @param retryMs when the first of them comes free at the latest
     */
    void full(long retryMs);

    /** Nobody could say; a place may have been taken, and then its lease ends it. */
    void unavailable(Exception cause);
  }

  /** A place that was given. */
  @FunctionalInterface
  interface Place {

    /** Gives it back. Never fails: a place whose return is lost comes back with its lease. */
    void leave();
  }
}
