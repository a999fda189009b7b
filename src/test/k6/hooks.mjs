// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// Puts our stand-ins where a script imports a module of k6.
const MODULES = new Map(
  ['k6', 'k6/http', 'k6/data', 'k6/execution', 'k6/metrics', 'k6/websockets'].map((name) => [
    name,
    new URL(`./${name.replace('/', '-')}.mjs`, import.meta.url).href,
  ]),
);

export async function resolve(specifier, context, next) {
  const url = MODULES.get(specifier);
  return url ? { url, shortCircuit: true } : next(specifier, context);
}
