// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The demo".
package io.hongbao.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All books added up, as the operator sees them; amounts in minor units.
 *
 * @param balanced the server's own judgement
 * @param sums by asset, over all partitions
 * @param inFlightCount transfers between partitions that are under way
 * @param partitions so many were added up
 * @param unbalanced partitions whose sum is not zero, each as "17:90412 CNY -3"
 */
record TrialBalance(
    boolean balanced,
    Map<String, Sums> sums,
    long inFlightCount,
    int partitions,
    List<String> unbalanced) {

  /** The accounts in one asset. */
  record Sums(long totalMinor, Map<String, Long> byKindMinor) {

    Sums {
      byKindMinor = Map.copyOf(byKindMinor);
    }

    long kindMinor(String kind) {
      return byKindMinor.getOrDefault(kind, 0L);
    }
  }

  private static final Sums NONE = new Sums(0, Map.of());

  TrialBalance {
    sums = Map.copyOf(sums);
    unbalanced = List.copyOf(unbalanced);
  }

  static TrialBalance read(Fields fields) throws UnexpectedAnswerException {
    long inFlight = 0;
    for (Fields pair : fields.objects("in_flight")) {
      inFlight += pair.number("transfer_count");
    }
    List<Fields> partitions = fields.objects("partitions");
    List<String> unbalanced = new ArrayList<>();
    for (Fields partition : partitions) {
      for (Map.Entry<String, Sums> asset : sums(partition.objects("assets")).entrySet()) {
        if (asset.getValue().totalMinor() != 0) {
          unbalanced.add(
              "%s %s %d"
                  .formatted(
                      partition.text("position"), asset.getKey(), asset.getValue().totalMinor()));
        }
      }
    }
    return new TrialBalance(
        fields.flag("balanced"),
        sums(fields.objects("totals")),
        inFlight,
        partitions.size(),
        unbalanced);
  }

  private static Map<String, Sums> sums(List<Fields> assets) throws UnexpectedAnswerException {
    Map<String, Sums> sums = new TreeMap<>();
    for (Fields asset : assets) {
      Map<String, Long> byKind = new TreeMap<>();
      for (Fields kind : asset.objects("accounts")) {
        byKind.merge(kind.text("kind"), kind.number("sum"), Math::addExact);
      }
      sums.put(asset.text("asset"), new Sums(asset.number("sum"), byKind));
    }
    return sums;
  }

  /** The sums in the play's asset. */
  Sums money() {
    return sums.getOrDefault(Money.ASSET, NONE);
  }

  /** Whether nothing is on its way from one partition to another. */
  boolean isSettled() {
    return inFlightCount == 0 && money().kindMinor("transit") == 0;
  }
}
