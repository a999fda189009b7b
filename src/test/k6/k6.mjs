// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
import { measure, state } from './state.mjs';

export function check(value, conditions) {
  let all = true;
  for (const [name, holds] of Object.entries(conditions)) {
    const good = Boolean(typeof holds === 'function' ? holds(value) : holds);
    measure('checks', good ? 1 : 0);
    if (!good) {
      const seen = value?.status ? `${name} (HTTP ${value.status} ${value.body})` : name;
      state.failedChecks.set(seen, (state.failedChecks.get(seen) ?? 0) + 1);
    }
    all &&= good;
  }
  return all;
}

export function sleep(seconds) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000);
}
