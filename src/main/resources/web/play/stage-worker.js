// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The stage on a thread of its own: however much flies, the page's own thread stays free for
// typing and clicking. Stops drawing when nothing is on the stage.

import { StageCore } from './stage-core.js';

/** A frame that takes longer than this is drawn every second time only. */
const SLOW_FRAME_MS = 12;
const TELL_EVERY_MS = 500;

let core;
let isRunning = false;
let meanMs = 0;
let skips = false;
let toldMs = 0;

function draw(nowMs) {
  if (skips) {
    skips = false;
    requestAnimationFrame(draw);
    return;
  }
  const startMs = performance.now();
  const count = core.frame(nowMs);
  const tookMs = performance.now() - startMs;
  meanMs += (tookMs - meanMs) / 16;
  skips = meanMs > SLOW_FRAME_MS;
  if (nowMs - toldMs > TELL_EVERY_MS || count === 0) {
    toldMs = nowMs;
    postMessage({ live: count, merged: core.merged, dropped: core.dropped, drawMs: meanMs });
  }
  isRunning = count > 0;
  if (isRunning) {
    requestAnimationFrame(draw);
  }
}

addEventListener('message', ({ data }) => {
  if (data.canvas) {
    const makeCanvas = (width, height) => new OffscreenCanvas(width, height);
    core = new StageCore(data.canvas, { ...data, makeCanvas });
  }
  if (data.resize) {
    core.resize(data.resize.width, data.resize.height, data.resize.ratio);
  }
  if (data.calm !== undefined) {
    core.calm = data.calm;
  }
  if (data.remove) {
    core.remove(data.remove);
  }
  if (data.shots) {
    core.add(data.shots, performance.now());
  }
  if (!isRunning && !core.isIdle) {
    isRunning = true;
    requestAnimationFrame(draw);
  }
});
