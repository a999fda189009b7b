// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Benchmarks".
package io.hongbao.bench;

import java.util.List;

/** What an open costs with few and with very many live packets. */
final class ScaleBench {

  private static final int FEW = 1_000;
  private static final int SHARES = 100;
  private static final long BALANCE_MINOR = 10_000_000;

  private final BenchOptions options;

  ScaleBench(BenchOptions options) {
    this.options = options;
  }

  List<BenchLine> run() throws Exception {
    try (EngineRig many = rig("many");
        EngineRig few = rig("few")) {
      EngineLoad manyLoad = load(many, options.packets());
      EngineLoad fewLoad = load(few, FEW);
      cost(manyLoad);
      cost(fewLoad);
      return List.of(
          Rounds.compare(
              "scale: cost of an open, %d live packets beside %d".formatted(options.packets(), FEW),
              "µs",
              options.rounds(),
              options.loops(),
              () -> cost(manyLoad),
              () -> cost(fewLoad)));
    }
  }

  private EngineRig rig(String name) throws Exception {
    return new EngineRig(options.directory().resolve(name), RigOptions.usual(options.loops()));
  }

  private EngineLoad load(EngineRig rig, int packets) throws Exception {
    EngineLoad load =
        new EngineLoad(
            rig,
            new EngineLoad.Options(
                options.accounts(),
                packets,
                SHARES,
                options.window(),
                options.batch(),
                options.shape(),
                true));
    rig.fill(options.accounts(), BALANCE_MINOR);
    load.sendPackets();
    return load;
  }

  private double cost(EngineLoad load) throws InterruptedException {
    load.start();
    EngineBench.measure(load, 0.2);
    EngineBench.Sample sample = EngineBench.measure(load, options.seconds());
    load.stop();
    options.progress().accept("scale: " + sample.describe());
    return sample.cpuMicros();
  }
}
