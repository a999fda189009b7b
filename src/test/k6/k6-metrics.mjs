// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
import { measure, state } from './state.mjs';

class Metric {
  constructor(name) {
    if (state.stage !== 'init' || !/^[a-zA-Z_][a-zA-Z0-9_]{0,127}$/.test(name)) {
      throw new Error(`metric ${name} must be made in the init stage and have a plain name`);
    }
    this.name = name;
  }

  add(value) {
    measure(this.name, Number(value));
  }
}

export { Metric as Counter, Metric as Gauge, Metric as Rate, Metric as Trend };
