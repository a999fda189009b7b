// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The simulator".
package io.hongbao.sim;

import io.hongbao.sim.PlantedBugsTest.Bug;
import java.util.stream.Stream;

/** Bugs in what operators change: webhooks, metadata, what would be, who did it. */
final class PlantedOperatorBugs {

  private PlantedOperatorBugs() {}

  static Stream<Bug> all() {
    return Stream.of(ofWebhooks(), ofTextsAndDryRuns(), ofTheAudit(), ofSuspense())
        .flatMap(bugs -> bugs);
  }

  private static Stream<Bug> ofSuspense() {
    return Stream.of(
        new Bug(
            "nobody is told that a leg has left suspense",
            "account/TransferApplier.java",
            "gone.asset(), gone.reasonNumber(), e.transferId(), stamp);",
            "gone.asset(), gone.reasonNumber(), 0, stamp);",
            40),
        new Bug(
            "what a provider gives back is settled by hand as well",
            "account/SuspenseDesk.java",
            "entry.origin() == SuspenseEntry.Origin.STRAY_PAYMENT",
            "entry.reasonNumber() < 0",
            20),
        new Bug(
            "the list of suspense shows what is not durable",
            "account/SuspenseDesk.java",
            "      decision.looked(entry.position());\n      entries.add(entry);",
            "      entries.add(entry);",
            60),
        new Bug(
            "a hold that waits for its service is missing in the list",
            "account/HoldDesk.java",
            "if (HoldStage.of(hold, decision.nowMs()) == HoldStage.QUERYING) {",
            "if (HoldStage.of(hold, decision.nowMs() - 1_000_000) == HoldStage.QUERYING) {",
            20));
  }

  private static Stream<Bug> ofTheAudit() {
    return Stream.of(
        new Bug(
            "a change of which its family does not tell is not audited",
            "engine/Decision.java",
            "if (actor != null && !audited && !refused && !record.isEmpty()) {",
            "if (actor == null && !audited && !refused && !record.isEmpty()) {",
            3),
        new Bug(
            "a refusal is audited",
            "engine/Decision.java",
            "!audited && !refused && !record.isEmpty()",
            "!audited && !record.isEmpty()",
            3),
        new Bug(
            "the audit of an undone transaction tells a wrong balance",
            "account/TransactionDesk.java",
            "AuditFacts.of(\"asset\", booked.asset()).and(\"balance\", balanceBeforeMinor).text(),",
            "AuditFacts.of(\"asset\", booked.asset())"
                + ".and(\"balance\", Math.abs(booked.balanceAfterMinor() - booked.amountMinor()))"
                + ".text(),",
            5),
        new Bug(
            "lines of two partitions are one in the read model",
            "export/audit/AuditTable.java",
            "return stamp.sequence() << PARTITION_BITS | stamp.partition();",
            "return stamp.sequence() << PARTITION_BITS;",
            5));
  }

  private static Stream<Bug> ofWebhooks() {
    return Stream.of(
        new Bug(
            "a webhook's place goes back",
            "webhook/WebhookDesk.java",
            "            && !webhook.place().isAfter(c.place())\n",
            "",
            10),
        new Bug(
            "what was known of a place before it was moved counts",
            "webhook/WebhookDesk.java",
            "            && webhook.turn() == c.turn()\n",
            "",
            20),
        new Bug(
            "a deleted webhook is sent to until the next start",
            "webhook/WebhookDesk.java",
            "decision.publish(() -> directory.remove(webhookId));",
            "Check.atLeast(webhookId, 0, \"webhook\");",
            20),
        new Bug(
            "the secret before is forgotten by a snapshot",
            "webhook/WebhookFamily.java",
            "save(out, webhook.before());",
            "save(out, HookSecret.NONE);",
            60),
        new Bug(
            "a webhook that wakes up has failed for as long as before",
            "webhook/Webhook.java",
            "long failing = newState == state ? failingSinceMs : 0;",
            "long failing = failingSinceMs;",
            40));
  }

  private static Stream<Bug> ofTextsAndDryRuns() {
    return Stream.of(
        new Bug(
            "what was kept beside an account goes with the next text",
            "account/Metadata.java",
            "Map<String, String> merged = new TreeMap<>(entries);",
            "Map<String, String> merged = new TreeMap<>();",
            5),
        new Bug(
            "a dry run is carried out",
            "account/HoldDesk.java",
            "    if (isPreview) {\n      decision.lookedAtEverything();\n"
                + "      decision.answer(draw.preview(command, Check",
            "    if (isPreview && hold == null) {\n      decision.lookedAtEverything();\n"
                + "      decision.answer(draw.preview(command, Check",
            20),
        new Bug(
            "a dry run tells of a limit that is not durable",
            "account/HoldDesk.java",
            "        decision.looked(parts.ledger().bounds(wallet).position());\n",
            "",
            60));
  }
}
