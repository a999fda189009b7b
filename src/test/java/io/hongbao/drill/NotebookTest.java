// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Crash and soak".
package io.hongbao.drill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the crash drill would notice; a drill that notices nothing proves nothing. */
class NotebookTest {

  private final Notebook notebook = new Notebook(Map.of(1L, "a", 2L, "b"), 100, "later");

  private static Answer ok(String json) {
    return new Answer(200, new JsonObject(json), false);
  }

  private static Answer refused(int status, String code) {
    return new Answer(status, new JsonObject().put("code", code).put("retry", "never"), false);
  }

  private void tell(Ask ask, Answer answer) {
    notebook.asked(ask);
    notebook.answered(ask, answer);
  }

  private int differences() {
    return notebook.differences().size();
  }

  @Test
  void noticesAnotherIdUnderTheSameKey() {
    Ask ask = new Ask.Move(1, "k", List.of(new Ask.Leg(2, 30)));
    tell(ask, ok("{\"id\":\"7\"}"));
    tell(ask, ok("{\"id\":\"7\"}"));
    assertEquals(0, differences());

    tell(ask, ok("{\"id\":\"8\"}"));

    assertEquals(1, differences());
    assertEquals(Map.of(1L, "70 0", 2L, "130 0"), notebook.expected().balances());
  }

  @Test
  void noticesAnotherShareAndARefusalThatBecameAShare() {
    Ask open = new Ask.Open(1, "9");
    tell(open, ok("{\"packet_id\":\"9\",\"place\":1,\"amount\":{\"amount\":5}}"));
    tell(open, ok("{\"packet_id\":\"9\",\"place\":1,\"amount\":{\"amount\":6}}"));
    assertEquals(1, differences());
    Ask late = new Ask.Open(2, "9");
    tell(late, refused(410, "empty"));

    tell(late, ok("{\"packet_id\":\"9\",\"place\":2,\"amount\":{\"amount\":6}}"));

    assertEquals(2, differences());
  }

  @Test
  void noticesARefusalThatNothingExplains() {
    tell(new Ask.TopUp(1, "k", 5), refused(409, "balance_limit"));
    tell(new Ask.Hold(1, "h", 40, "later"), ok("{\"id\":\"5\"}"));
    tell(new Ask.Draw(1, "d", "5", 2, 41), refused(409, "hold_amount"));
    assertEquals(1, differences());

    tell(new Ask.Draw(1, "e", "5", 2, 40), refused(409, "hold_amount"));

    assertEquals(2, differences());
    assertEquals("100 40", notebook.expected().balances().get(1L));
  }

  @Test
  void whatWasNotDoneStaysUnknown() {
    Ask ask = new Ask.TopUp(1, "k", 5);
    notebook.asked(ask);

    assertNull(notebook.answered(ask, refused(503, "overloaded")));

    assertEquals(List.of(ask), List.copyOf(notebook.unknown()));
    assertEquals(0, notebook.acknowledged());
  }

  @Test
  void aPacketMayArriveBetweenTwoAnswers() {
    Ask ask = new Ask.Send(1, "k", "lucky", 10, 2);
    JsonObject body = new JsonObject("{\"id\":\"7\",\"commitment\":\"c\"}");
    tell(ask, new Answer(202, body, false));
    tell(ask, new Answer(201, body, true));
    assertEquals(0, differences());

    tell(ask, new Answer(202, body, true));

    assertEquals(0, differences());
    assertEquals("90 0", notebook.expected().balances().get(1L));
  }
}
