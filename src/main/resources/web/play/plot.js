// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Small plots on a canvas: a line over the last two minutes, bars of a histogram.

const POINTS_MAX = 120;

function prepared(canvas) {
  const ratio = devicePixelRatio || 1;
  const { width, height } = canvas.getBoundingClientRect();
  if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
  }
  const context = canvas.getContext('2d');
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

function colour(canvas, name) {
  return getComputedStyle(canvas).getPropertyValue(name).trim();
}

/** A value over time; undefined is a hole, as while the server is away. */
export class Line {
  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.points = [];
  }

  /** @param {number | undefined} value */
  add(value) {
    this.points.push(value);
    if (this.points.length > POINTS_MAX) {
      this.points.shift();
    }
    this.draw();
  }

  draw() {
    const { context, width, height } = prepared(this.canvas);
    const top = Math.max(1e-9, ...this.points.filter((point) => point !== undefined)) * 1.15;
    const x = (index) => width - ((this.points.length - 1 - index) * width) / (POINTS_MAX - 1);
    const y = (value) => height - 2 - (value / top) * (height - 6);
    const ink = colour(this.canvas, '--plot') || '#f7c953';
    context.lineWidth = 2;
    context.lineJoin = 'round';
    let begin = -1;
    const close = (end) => {
      if (begin < 0) {
        return;
      }
      context.beginPath();
      for (let i = begin; i <= end; i++) {
        context.lineTo(x(i), y(this.points[i]));
      }
      context.strokeStyle = ink;
      context.stroke();
      context.lineTo(x(end), height);
      context.lineTo(x(begin), height);
      context.globalAlpha = 0.14;
      context.fillStyle = ink;
      context.fill();
      context.globalAlpha = 1;
    };
    this.points.forEach((point, index) => {
      if (point === undefined) {
        close(index - 1);
        begin = -1;
        context.fillStyle = colour(this.canvas, '--bad');
        context.globalAlpha = 0.22;
        context.fillRect(x(index) - width / POINTS_MAX, 0, (2 * width) / POINTS_MAX, height);
        context.globalAlpha = 1;
      } else if (begin < 0) {
        begin = index;
      }
    });
    close(this.points.length - 1);
  }
}

/**
 * Bars of a histogram.
 * @param {HTMLCanvasElement} canvas
 * @param {{ label: string, count: number }[]} bars
 */
export function drawBars(canvas, bars) {
  const { context, width, height } = prepared(canvas);
  const most = Math.max(1, ...bars.map((bar) => bar.count));
  const step = width / Math.max(1, bars.length);
  context.font = '11px system-ui, sans-serif';
  context.textAlign = 'center';
  bars.forEach((bar, index) => {
    const tall = (bar.count / most) * (height - 26);
    context.fillStyle = colour(canvas, '--plot') || '#f7c953';
    context.beginPath();
    context.roundRect(index * step + 3, height - 18 - tall, Math.max(2, step - 6), Math.max(bar.count > 0 ? 2 : 0, tall), 3);
    context.fill();
    context.fillStyle = colour(canvas, '--faint');
    if (bars.length < 16 || index % 2 === 0) {
      context.fillText(bar.label, (index + 0.5) * step, height - 4);
    }
  });
}
