// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Proof".
package io.hongbao.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.model.RefusalCode;
import org.jspecify.annotations.Nullable;

/** What a caller has heard, if anything. */
public final class Heard implements ReplyPort {

  private @Nullable Answer answer;
  private long position;
  private boolean repeated;

  @Override
  public void deliver(Answer given, long atPosition, boolean isRepeated) {
    assertEquals(null, answer, "a port hears once");
    answer = given;
    position = atPosition;
    repeated = isRepeated;
  }

  public boolean isSilent() {
    return answer == null;
  }

  /** Whether an answer of that type was heard. */
  public boolean holds(Class<? extends Answer> type) {
    return type.isInstance(answer);
  }

  public long position() {
    return position;
  }

  public boolean isRepeated() {
    return repeated;
  }

  /** The answer, which must be of that type. */
  public <T extends Answer> T as(Class<T> type) {
    assertTrue(answer != null, "nothing was heard");
    return assertInstanceOf(type, answer);
  }

  /** The refusal's code. */
  public RefusalCode refusal() {
    return as(Refusal.class).code();
  }
}
