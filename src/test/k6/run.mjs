// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// Runs a script of scripts/k6, as it is, on Node: setup, so many iterations one after the other,
// teardown, thresholds. Where each virtual user has iterations of its own, so many users have one
// each, side by side, since what they do is to wait. A stand-in for k6 where there is none: it shows that a script works, and
// says nothing about load. Exit code 0 when all thresholds hold, else 99, as k6 does.
//
//   node run.mjs SCRIPT ITERATIONS [NAME=VALUE...]
import { readFileSync } from 'node:fs';
import { register } from 'node:module';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { state } from './state.mjs';
import { judge } from './thresholds.mjs';

register('./hooks.mjs', import.meta.url);

const [script, iterations, ...settings] = process.argv.slice(2);
const file = resolve(script);
globalThis.__ENV = Object.fromEntries(settings.map((one) => one.split(/=(.*)/s).slice(0, 2)));
globalThis.open = (path) => {
  if (state.stage !== 'init') {
    throw new Error('open() can only be called in the init stage');
  }
  return readFileSync(resolve(dirname(file), path), 'utf8');
};

const tested = await import(pathToFileURL(file));
let isPerUser = false;
for (const scenario of Object.values(tested.options.scenarios)) {
  isPerUser = scenario.executor === 'per-vu-iterations';
  for (const needed of isPerUser
    ? ['vus', 'iterations', 'maxDuration']
    : ['executor', 'rate', 'duration', 'preAllocatedVUs']) {
    if (!scenario[needed]) {
      throw new Error(`the scenario lacks ${needed}`);
    }
  }
}
state.stage = 'setup';
// k6 hands the data to each virtual user as JSON.
const data = JSON.parse(JSON.stringify(tested.setup?.() ?? null));
state.stage = 'iterations';
for (; state.iteration < Number(iterations); state.iteration++) {
  // In k6 an iteration is over when nothing more will call it back.
  state.user.run(1 + (isPerUser ? state.iteration : 0), () => tested.default(data));
  if (!isPerUser) {
    await Promise.all(state.pending.splice(0));
  }
}
await Promise.all(state.pending.splice(0));
state.stage = 'teardown';
tested.teardown?.(data);

const missed = judge(tested.options.thresholds, state.metrics);
for (const [name, values] of state.metrics) {
  console.log(`${name}: ${values.length} values, sum ${values.reduce((a, b) => a + b, 0)}`);
}
for (const [name, count] of state.failedChecks) {
  console.log(`check failed ${count} times: ${name}`);
}
for (const one of missed) {
  console.log(`threshold missed: ${one}`);
}
process.exit(missed.length === 0 ? 0 : 99);
