// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Degradation".
package io.hongbao.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hongbao.ladder.Rung;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which operation stands on which step; the contract is the list of all operations. */
class RouteRungsTest {

  private final ContractCheck contract = ContractCheck.load();

  private Set<String> operations() {
    return contract.operations().stream()
        .map(operation -> operation.verb().toUpperCase(Locale.ROOT) + " " + operation.path())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> without(Collection<String> all, Collection<String> known) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(known);
    return rest;
  }

  /** Remedy: put the new read into one of the two lists of RouteRungs. */
  @Test
  void everyReadStandsOnAStepOrIsNeverRefused() {
    Set<String> reads = operations();
    reads.removeIf(operation -> !operation.startsWith("GET "));

    assertEquals(
        Set.of(),
        without(without(reads, RouteRungs.byOperation().keySet()), RouteRungs.never()),
        "reads that are in neither list of RouteRungs");
  }

  @Test
  void onlyReadsAndChatCanBeRefused() {
    RouteRungs.byOperation()
        .forEach(
            (operation, rung) ->
                assertEquals(true, operation.startsWith("GET ") || rung == Rung.CHAT, operation));
  }

  @Test
  void whatIsListedExists() {
    assertEquals(Set.of(), without(RouteRungs.byOperation().keySet(), operations()));
    assertEquals(Set.of(), without(RouteRungs.never(), operations()));
  }
}
