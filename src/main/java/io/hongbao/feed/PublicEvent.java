// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed;

/**
 * One event as everybody gets it.
 *
 * <p><b>Thread:</b> any; the bytes are shared by all readers and never changed.
 */
public final class PublicEvent {

  private final EnvelopeWriter.Stamped stamped;
  private final byte[] json;

  PublicEvent(EnvelopeWriter.Stamped stamped, byte[] json) {
    this.stamped = stamped;
    this.json = json;
  }

  public EventType type() {
    return stamped.type();
  }

  /** Behind this event. */
  public FeedPlace place() {
    return stamped.place();
  }

  /** Unique and the same for ever; what receivers tell repeats by. */
  public String id() {
    return stamped.id();
  }

  public long subjectId() {
    return stamped.subjectId();
  }

  /** On whose private stream it stands; 0 for nobody's. */
  public long userId() {
    return stamped.userId();
  }

  public long timeMs() {
    return stamped.timeMs();
  }

  /** The envelope; not to be changed. */
  @SuppressWarnings("EI_EXPOSE_REP")
  public byte[] json() {
    return json;
  }
}
