// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
import { state } from './state.mjs';

/** An array that nobody can change; made in the init stage only. */
export class SharedArray {
  constructor(name, make) {
    if (state.stage !== 'init') {
      throw new Error(`SharedArray ${name} must be made in the init stage`);
    }
    const made = make();
    if (!Array.isArray(made)) {
      throw new Error(`SharedArray ${name} needs an array`);
    }
    return Object.freeze(made.map((one) => Object.freeze(one)));
  }
}
