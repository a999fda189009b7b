// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.admission;

/**
 * Asks the gate that all nodes share, and this process' own when that one cannot say.
 *
 * <p>Every place is left where it was given, so a change from one to the other in the middle of an
 * open does no harm. In the moment of a change each node counts for itself: at most as many opens
 * per node as otherwise over all.
 *
 * <p><b>Thread:</b> one event loop's.
 *
 * <p><b>Failure:</b> none: a visitor is never told that the gate is unavailable.
 */
public final class FallbackGate implements AdmissionGate {

  private final AdmissionGate shared;
  private final AdmissionGate own;
  private final AdmissionMeters meters = new AdmissionMeters();

  public FallbackGate(AdmissionGate shared, LocalGate own) {
    this.shared = shared;
    this.own = own;
  }

  public AdmissionMeters meters() {
    return meters;
  }

  @Override
  public void enter(long packetId, Visitor visitor) {
    shared.enter(packetId, new Guarded(packetId, visitor));
  }

  private final class Guarded implements Visitor {

    private final long packetId;
    private final Visitor visitor;

    Guarded(long packetId, Visitor visitor) {
      this.packetId = packetId;
      this.visitor = visitor;
    }

    @Override
    public void admitted(Place place) {
      meters.countAdmitted();
      visitor.admitted(place);
    }

    @Override
    public void full(long retryMs) {
      meters.countFull();
      visitor.full(retryMs);
    }

    // The process' own gate always knows, so this is not called a second time.
    @Override
    public void unavailable(Exception cause) {
      meters.countFallback();
      own.enter(packetId, this);
    }
  }
}
