// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The stage as the page sees it. Draws in a worker where the browser can; otherwise here, with
// fewer texts at once.

import { StageCore } from './stage-core.js';

/** A second device pixel ratio above this costs time that nobody sees on flying text. */
const RATIO_MAX = 2;
const LIVE_MAX = 1_000;
const LIVE_MAX_HERE = 300;

export class Stage {
  /**
   * @param {HTMLCanvasElement} canvas
   * @param {(stats: { live: number, merged: number, dropped: number, drawMs: number }) => void} onStats
   */
  constructor(canvas, onStats) {
    this.canvas = canvas;
    this.onStats = onStats;
    this.stats = { live: 0, merged: 0, dropped: 0, drawMs: 0 };
    const still = matchMedia('(prefers-reduced-motion: reduce)');
    const options = { ...this.#size(), calm: still.matches };
    if ('transferControlToOffscreen' in canvas && 'OffscreenCanvas' in globalThis) {
      this.#startWorker(options);
    } else {
      this.#startHere(options);
    }
    still.addEventListener('change', () => this.#tell({ calm: still.matches }));
    new ResizeObserver(() => this.#tell({ resize: this.#size() })).observe(canvas);
  }

  #size() {
    const { width, height } = this.canvas.getBoundingClientRect();
    return { width, height, ratio: Math.min(RATIO_MAX, devicePixelRatio || 1) };
  }

  #startWorker(options) {
    const offscreen = this.canvas.transferControlToOffscreen();
    this.worker = new Worker(new URL('./stage-worker.js', import.meta.url), { type: 'module' });
    this.worker.addEventListener('message', ({ data }) => {
      this.stats = data;
      this.onStats(data);
    });
    this.worker.postMessage({ canvas: offscreen, max: LIVE_MAX, ...options }, [offscreen]);
  }

  #startHere(options) {
    const makeCanvas = (width, height) =>
      Object.assign(document.createElement('canvas'), { width, height });
    this.core = new StageCore(this.canvas, { ...options, max: LIVE_MAX_HERE, makeCanvas });
    this.isRunning = false;
  }

  #tell(message) {
    if (this.worker) {
      this.worker.postMessage(message);
      return;
    }
    if (message.resize) {
      this.core.resize(message.resize.width, message.resize.height, message.resize.ratio);
    }
    if (message.calm !== undefined) {
      this.core.calm = message.calm;
    }
    this.core.remove(message.remove ?? []);
    this.core.add(message.shots ?? [], performance.now());
    if (!this.isRunning && !this.core.isIdle) {
      this.isRunning = true;
      requestAnimationFrame((nowMs) => this.#draw(nowMs));
    }
  }

  #draw(nowMs) {
    const startMs = performance.now();
    const live = this.core.frame(nowMs);
    const { merged, dropped } = this.core;
    this.stats = { live, merged, dropped, drawMs: performance.now() - startMs };
    this.onStats(this.stats);
    this.isRunning = live > 0;
    if (this.isRunning) {
      requestAnimationFrame((next) => this.#draw(next));
    }
  }

  /** Lets texts fly. @param {import('./stage-core.js').Shot[]} shots */
  add(shots) {
    if (shots.length > 0 && !document.hidden) {
      this.#tell({ shots });
    }
  }

  /** Takes recalled texts away. @param {string[]} ids */
  remove(ids) {
    this.#tell({ remove: ids });
  }
}
