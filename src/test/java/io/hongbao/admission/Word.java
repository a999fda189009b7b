// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Admission".
package io.hongbao.admission;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What a gate said to one visitor; a second word is an error. */
public final class Word implements AdmissionGate.Visitor {

  private enum Kind {
    ADMITTED,
    FULL,
    UNAVAILABLE
  }

  private record Said(Kind kind, AdmissionGate.Place place, long retryMs) {}

  private final CompletableFuture<Said> said = new CompletableFuture<>();

  @Override
  public void admitted(AdmissionGate.Place place) {
    say(new Said(Kind.ADMITTED, place, 0));
  }

  @Override
  public void full(long retryMs) {
    say(new Said(Kind.FULL, null, retryMs));
  }

  @Override
  public void unavailable(Exception cause) {
    say(new Said(Kind.UNAVAILABLE, null, 0));
  }

  private void say(Said word) {
    assertTrue(said.complete(word), "a visitor hears one word");
  }

  private Said heard() {
    return said.orTimeout(10, TimeUnit.SECONDS).join();
  }

  public boolean isAdmitted() {
    return heard().kind == Kind.ADMITTED;
  }

  public boolean isFull() {
    return heard().kind == Kind.FULL;
  }

  public boolean isUnavailable() {
    return heard().kind == Kind.UNAVAILABLE;
  }

  /** The place that was given. */
  public AdmissionGate.Place place() {
    assertTrue(isAdmitted(), "admitted");
    return heard().place;
  }

  public long retryMs() {
    assertTrue(isFull(), "full");
    return heard().retryMs;
  }
}
