// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// What the stand-ins share: where the run is, and what was measured.
import { AsyncLocalStorage } from 'node:async_hooks';

export const state = {
  stage: 'init',
  iteration: 0,
  // What a virtual user goes by, whatever calls it back.
  user: new AsyncLocalStorage(),
  // What must end before the iteration has.
  pending: [],
  metrics: new Map(),
  failedChecks: new Map(),
};

export function measure(name, value) {
  if (!state.metrics.has(name)) {
    state.metrics.set(name, []);
  }
  state.metrics.get(name).push(value);
}
