// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Audit".
package io.hongbao.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hongbao.engine.EngineEvent.ActionAudited;
import io.hongbao.engine.MemoryJournal.Kept;
import io.hongbao.engine.ScriptFamily.Do;
import io.hongbao.engine.ScriptFamily.DoOnce;
import io.hongbao.engine.ScriptFamily.Done;
import io.hongbao.engine.ScriptFamily.Noted;
import io.hongbao.export.EventCursor;
import io.hongbao.model.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operator changes has its line in the same record; nothing else has one. */
class AuditTest {

  private static final Actor ACTOR = new Actor(77, "desk", "POST /v1/things", "because \u8865");

  private final LonePartition partition = new LonePartition();

  private Heard ask(Command command) {
    Heard heard = partition.submit(command);
    partition.settle();
    return heard;
  }

  private static Command acted(Command command) {
    return new Acted(command, ACTOR);
  }

  private static Command told(long number) {
    return new Do(
        decision -> {
          decision.emit(new Noted(number, 0));
          decision.audit(
              "thing:" + number, AuditFacts.NONE, AuditFacts.of("number", number).text());
          decision.answer(new Done(number));
        });
  }

  /** The lines of the audit, record by record. */
  private List<List<ActionAudited>> lines() {
    List<List<ActionAudited>> records = new ArrayList<>();
    EventCursor events = new EventCursor();
    EngineCodec codec = new EngineCodec();
    for (Kept kept : partition.journal.records()) {
      List<ActionAudited> lines = new ArrayList<>();
      events.wrap(kept.bytes(), 0, kept.bytes().capacity());
      while (events.next()) {
        if (events.schemaId() == EngineCodec.SCHEMA_ID
            && codec.decode(events.buffer(), events.offset(), events.lengthBytes())
                instanceof ActionAudited line) {
          lines.add(line);
        }
      }
      records.add(lines);
    }
    return records;
  }

  private static ActionAudited line(String subject, String after) {
    return new ActionAudited(77, "desk", "POST /v1/things", ACTOR.cause(), subject, "", after);
  }

  @Test
  void theLineStandsInTheRecordOfTheChange() {
    ask(acted(told(5)));

    assertEquals(List.of(List.of(line("thing:5", "{\"number\":5}"))), lines());
  }

  @Test
  void aFamilyThatForgetsToTellIsAuditedByItsOperation() {
    ask(acted(LonePartition.note(6)));

    assertEquals(List.of(List.of(line("", ""))), lines());
  }

  @Test
  void whatNobodyAnswersForLeavesNoLine() {
    ask(told(7));

    assertEquals(List.of(List.of()), lines());
  }

  @Test
  void readsAndRefusalsLeaveNoLineThoughTheirKeyIsStored() {
    ask(acted(new Do(decision -> decision.answer(new Done(1)))));
    Heard refused =
        ask(
            acted(
                new DoOnce(
                    TestKeys.key(1), decision -> decision.refuse(RefusalCode.INSUFFICIENT_FUNDS))));

    assertEquals(RefusalCode.INSUFFICIENT_FUNDS, refused.refusal());
    assertEquals(List.of(List.of()), lines(), "the key of the refusal, and nothing beside it");
  }

  @Test
  void aRepeatIsKnownByItsKeyAndLeavesNoSecondLine() {
    Command once =
        acted(
            new DoOnce(
                TestKeys.key(2),
                decision -> {
                  decision.emit(new Noted(8, 0));
                  decision.accept(new Done(8), 8);
                }));

    ask(once);
    Heard again = ask(once);

    assertTrue(again.isRepeated());
    assertEquals(List.of(List.of(line("", ""))), lines());
  }

  @Test
  void factsAreAFlatObjectThatNeverGrowsTooLong() {
    AuditFacts facts = AuditFacts.of("name", "a \"quoted\\ name\n").andId("id", 9).and("n", -1);
    assertEquals("{\"name\":\"a \\\"quoted\\\\ name \",\"id\":\"9\",\"n\":-1}", facts.text());

    for (int i = 0; i < 100; i++) {
      facts.and("long" + i, "x".repeat(1_000));
    }
    assertTrue(facts.text().length() <= AuditFacts.CHARS_MAX + 1);
    assertTrue(facts.text().endsWith("\"}"));
  }
}
