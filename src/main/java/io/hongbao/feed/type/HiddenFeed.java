// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Events".
package io.hongbao.feed.type;

import io.hongbao.engine.Event;
import io.hongbao.engine.EventCodec;
import io.hongbao.feed.DataWriter;
import io.hongbao.feed.FamilyFeed;
import io.hongbao.feed.Template;
import java.util.List;

/** A family of which nothing is shown, with the reason for each of its messages. */
class HiddenFeed implements FamilyFeed {

  private final EventCodec codec;
  private final List<Template> templates;

  HiddenFeed(EventCodec codec, Template.Hidden... templates) {
    this.codec = codec;
    this.templates = List.of(templates);
  }

  @Override
  public final EventCodec codec() {
    return codec;
  }

  @Override
  public final List<Template> templates() {
    return templates;
  }

  @Override
  public final long subjectId(Event event) {
    throw new IllegalStateException("a hidden event is shown");
  }

  @Override
  public final void write(Event event, DataWriter data) {
    throw new IllegalStateException("a hidden event is shown");
  }
}
