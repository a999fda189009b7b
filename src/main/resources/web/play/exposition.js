// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Reads metrics in Prometheus' text format, as far as the server writes it.

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})?\s+(\S+)/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

/** @typedef {{ labels: Record<string, string>, value: number }} Sample */

export class Metrics {
  /** @param {string} text @param {number} atMs when it was read */
  constructor(text, atMs) {
    this.atMs = atMs;
    /** @type {Map<string, Sample[]>} */
    this.samples = new Map();
    for (const line of text.split('\n')) {
      const match = line.startsWith('#') ? null : LINE.exec(line);
      if (match !== null) {
        const labels = Object.fromEntries([...(match[2] ?? '').matchAll(LABEL)].map(([, name, value]) => [name, value]));
        const list = this.samples.get(match[1]) ?? [];
        list.push({ labels, value: Number(match[3]) });
        this.samples.set(match[1], list);
      }
    }
  }

  /** All samples of a name that have these labels. */
  all(name, labels = {}) {
    return (this.samples.get(name) ?? []).filter((one) =>
      Object.entries(labels).every(([key, value]) => one.labels[key] === value),
    );
  }

  has(name) {
    return this.samples.has(name);
  }

  sum(name, labels) {
    return this.all(name, labels).reduce((sum, one) => sum + (Number.isNaN(one.value) ? 0 : one.value), 0);
  }

  /** The largest, for quantiles that each loop has of its own. */
  max(name, labels) {
    return this.all(name, labels).reduce((most, one) => Math.max(most, one.value || 0), 0);
  }

  /**
   * Counts of a histogram between its bounds.
   * @returns {{ upTo: number, count: number }[]} `upTo` in the histogram's unit
   */
  buckets(name, labels) {
    const sums = new Map();
    for (const { labels: own, value } of this.all(name, labels)) {
      const upTo = own.le === '+Inf' ? Infinity : Number(own.le);
      sums.set(upTo, (sums.get(upTo) ?? 0) + value);
    }
    let before = 0;
    return [...sums.entries()]
      .sort(([a], [b]) => a - b)
      .map(([upTo, total]) => {
        const count = total - before;
        before = total;
        return { upTo, count };
      });
  }
}

/** How much a counter grew a second; a restart begins at zero again. */
export function rate(now, before, read) {
  if (before === undefined) {
    return undefined;
  }
  const grown = read(now) - read(before);
  return (grown < 0 ? read(now) : grown) / Math.max(0.001, (now.atMs - before.atMs) / 1000);
}
