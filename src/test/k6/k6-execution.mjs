// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
import { state } from './state.mjs';

export default {
  scenario: {
    get iterationInTest() {
      if (state.stage !== 'iterations') {
        throw new Error('there is no scenario outside of iterations');
      }
      return state.iteration;
    },
  },
  vu: {
    get idInTest() {
      return state.user.getStore() ?? 1;
    },
  },
};
