// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What an account and a live packet cost in memory, with all that belongs to them. */
final class MemoryBench {

  private static final int OPENED = 10;
  private static final long BALANCE_MINOR = 10_000_000;

  private final BenchOptions options;

  MemoryBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    List<BenchLine> lines = new ArrayList<>();
    try (EngineRig rig =
        new EngineRig(
            options.directory().resolve("memory"), RigOptions.remembering(options.loops()))) {
      long accounts = options.accounts();
      EngineLoad load = new EngineLoad(rig, loadOptions());
      long empty = Heap.usedBytes();
      rig.fill(accounts, BALANCE_MINOR);
      long idle = Heap.usedBytes();
      lines.add(line("memory: idle account", idle - empty, accounts));
      load.sendPackets();
      load.openEach(OPENED);
      TimeUnit.MILLISECONDS.sleep(500);
      long withPackets = Heap.usedBytes();
      // Everybody who opens has a wallet already, so nothing of this is an account's.
      lines.add(line("memory: live packet with 10 shares", withPackets - idle, options.packets()));
      load.topUp(accounts + 1, 2 * accounts);
      long toppedUp = Heap.usedBytes() - withPackets;
      lines.add(line("memory: account topped up today, with key and entry", toppedUp, accounts));
    }
    return lines;
  }

  private BenchLine line(String what, long bytes, long count) {
    return BenchLine.alone(what, bytes / (double) Math.max(1, count), "B", options.loops());
  }

  private EngineLoad.Options loadOptions() {
    return new EngineLoad.Options(
        options.accounts(), options.packets(), 2 * OPENED, 32_768, 1, Shape.UNIFORM, true);
  }
}
