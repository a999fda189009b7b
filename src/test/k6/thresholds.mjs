// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// Judges thresholds such as rate==1, count>0 and p(99)<500.
const FORM = /^(rate|count|p\((\d+(?:\.\d+)?)\))(<=|>=|==|<|>)(\d+(?:\.\d+)?)$/;

function aggregate(kind, quantile, values) {
  const sum = values.reduce((a, b) => a + b, 0);
  if (kind === 'count') {
    return sum;
  }
  if (kind === 'rate') {
    return values.length === 0 ? 0 : sum / values.length;
  }
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((quantile / 100) * sorted.length) - 1)] ?? 0;
}

const COMPARE = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
};

/** What does not hold, in words. A threshold on what was never measured does not hold either. */
export function judge(thresholds, metrics) {
  const missed = [];
  for (const [name, rules] of Object.entries(thresholds)) {
    const values = metrics.get(name);
    for (const rule of rules) {
      const match = FORM.exec(rule);
      if (!match) {
        throw new Error(`unknown form of threshold: ${name}: ${rule}`);
      }
      const [, kind, quantile, comparison, limit] = match;
      if (!values) {
        missed.push(`${name}: ${rule}, nothing was measured`);
        continue;
      }
      const actual = aggregate(kind.startsWith('p(') ? 'p' : kind, Number(quantile), values);
      if (!COMPARE[comparison](actual, Number(limit))) {
        missed.push(`${name}: ${rule}, but it is ${actual}`);
      }
    }
  }
  return missed;
}
