// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Lets texts fly over a canvas: lanes in which nothing overtakes, sprites that are drawn once and
// then copied, a bound on what flies at once. Knows no DOM, so it runs in a worker as well as in a
// page; time comes in as an argument.

/** How long a text takes from edge to edge: longer on a wide stage; and how long a fixed one stays. */
const FLIGHT_MS_MIN = 5_500;
const FLIGHT_MS_MAX = 9_500;
const FLIGHT_MS_BASE = 4_500;
const FLIGHT_MS_PER_PX = 3.8;
const FIXED_MS = 4_500;

/** Texts that may wait for a free lane; with more, lanes are shared and texts overlap. */
const WAITING_MAX = 40;

/** Equal texts that come this close together are one text with a count. */
const MERGE_MS = 1_500;

/** Free room behind a text before the next one may enter its lane; CSS pixels. */
const GAP_PX = 24;

/** Sprites kept although nothing shows them now; one has some 20 KB. */
const SPRITES_MAX = 600;

const SCALES = { small: 0.8, normal: 1, big: 1.3 };
const FONT = '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "WenQuanYi Micro Hei", system-ui, sans-serif';

/**
 * @typedef {object} Shot one text on its way
 * @property {string} id
 * @property {string} text
 * @property {string} [colour] of CSS
 * @property {'small' | 'normal' | 'big'} [size]
 * @property {'scroll' | 'top' | 'bottom'} [position]
 * @property {number} [times] how many said it
 * @property {boolean} [own]
 */

export class StageCore {
  /**
   * @param {any} canvas
   * @param {{ width: number, height: number, ratio: number, max?: number, calm?: boolean,
   *   makeCanvas: (width: number, height: number) => any }} options sizes in CSS pixels; `calm`:
   *   nothing moves
   */
  constructor(canvas, options) {
    this.canvas = canvas;
    this.context = canvas.getContext('2d');
    this.makeCanvas = options.makeCanvas;
    this.max = options.max ?? 1_000;
    this.calm = options.calm ?? false;
    this.live = [];
    this.waiting = [];
    this.sprites = new Map();
    this.merged = 0;
    this.dropped = 0;
    this.resize(options.width, options.height, options.ratio);
  }

  resize(width, height, ratio) {
    this.width = Math.max(1, width);
    this.height = Math.max(1, height);
    this.ratio = ratio;
    this.canvas.width = Math.round(this.width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.fontPx = this.width < 520 ? 15 : 22;
    this.laneHeight = Math.round(this.fontPx * 1.6);
    this.flightMs = Math.min(
      FLIGHT_MS_MAX,
      Math.max(FLIGHT_MS_MIN, FLIGHT_MS_BASE + FLIGHT_MS_PER_PX * this.width),
    );
    const count = Math.max(2, Math.floor((this.height - 8) / this.laneHeight));
    this.lanes = Array.from({ length: count }, () => undefined);
    this.top = Array.from({ length: count }, () => undefined);
    this.bottom = Array.from({ length: count }, () => undefined);
    this.sprites.clear();
    for (const one of this.live) {
      one.sprite = undefined;
      one.lane = Math.min(one.lane, count - 1);
    }
  }

  /**
   * Takes texts; what finds no place is counted in `dropped`.
   * @param {Shot[]} shots
   * @param {number} nowMs
   */
  add(shots, nowMs) {
    for (const shot of shots) {
      const position = this.calm ? 'top' : (shot.position ?? 'scroll');
      const times = shot.times ?? 1;
      const twin = this.#twin(shot, position, nowMs);
      if (twin !== undefined) {
        twin.times += times;
        twin.sprite = undefined;
        this.merged += times;
      } else if (this.live.length + this.waiting.length >= this.max) {
        this.dropped += times;
      } else if (position === 'scroll') {
        this.waiting.push({ ...shot, position, times, startMs: nowMs });
      } else {
        this.#fix({ ...shot, position, times, startMs: nowMs }, nowMs);
      }
    }
    this.#letIn(nowMs);
  }

  // In order; one's own does not wait.
  #letIn(nowMs) {
    let kept = 0;
    for (let i = 0; i < this.waiting.length; i++) {
      const one = this.waiting[i];
      const mustEnter = one.own || this.waiting.length - i > WAITING_MAX;
      if (!this.#fly(one, nowMs, mustEnter)) {
        this.waiting[kept++] = one;
      }
    }
    this.waiting.length = kept;
  }

  // When the stage is full any equal text takes the count; before that, one that has just come.
  #twin(shot, position, nowMs) {
    const isFull = this.live.length + this.waiting.length >= this.max;
    const count = this.live.length + this.waiting.length;
    for (let i = count - 1; i >= 0; i--) {
      const one = i < this.live.length ? this.live[i] : this.waiting[i - this.live.length];
      const isNew = nowMs - one.startMs < MERGE_MS;
      if (!isNew && !isFull) {
        return undefined;
      }
      if (one.text === shot.text && one.position === position && !one.own && !shot.own) {
        return one;
      }
    }
    return undefined;
  }

  #fix(one, nowMs) {
    const rows = one.position === 'top' ? this.top : this.bottom;
    one.untilMs = nowMs + FIXED_MS;
    one.lane = this.#oldestRow(rows, nowMs);
    rows[one.lane] = one;
    this.live.push(one);
  }

  /** Whether it flies from now on. */
  #fly(one, nowMs, mustEnter) {
    const sprite = this.#sprite(one);
    one.speed = (this.width + sprite.width) / this.flightMs;
    const lane = this.#freeLane(one, sprite, nowMs, mustEnter);
    if (lane < 0) {
      return false;
    }
    one.lane = lane;
    one.startMs = nowMs;
    one.untilMs = nowMs + this.flightMs;
    this.lanes[lane] = one;
    this.live.push(one);
    return true;
  }

  // The first lane whose last text has left the edge and will not be caught; else none, or for one
  // that must fly the emptiest.
  #freeLane(one, sprite, nowMs, mustEnter) {
    let best = -1;
    let bestEnd = Infinity;
    for (let lane = 0; lane < this.lanes.length; lane++) {
      const tail = this.lanes[lane];
      if (tail === undefined || tail.untilMs <= nowMs) {
        return lane;
      }
      const tailEnd = this.#x(tail, nowMs) + (tail.sprite ?? sprite).width + GAP_PX;
      if (tailEnd <= this.width && nowMs + this.width / one.speed >= tail.untilMs) {
        return lane;
      }
      if (mustEnter && tailEnd < bestEnd) {
        bestEnd = tailEnd;
        best = lane;
      }
    }
    return best;
  }

  #oldestRow(rows, nowMs) {
    let oldest = 0;
    for (let row = 0; row < rows.length; row++) {
      if (rows[row] === undefined || rows[row].untilMs <= nowMs) {
        return row;
      }
      if (rows[row].startMs < rows[oldest].startMs) {
        oldest = row;
      }
    }
    rows[oldest].untilMs = nowMs;
    return oldest;
  }

  #x(one, nowMs) {
    return this.width - (nowMs - one.startMs) * one.speed;
  }

  #y(one) {
    const row = one.position === 'bottom' ? this.lanes.length - 1 - one.lane : one.lane;
    return 4 + row * this.laneHeight;
  }

  /** Whether there is nothing to draw. */
  get isIdle() {
    return this.live.length + this.waiting.length === 0;
  }

  /** Takes texts away that were recalled. @param {string[]} ids */
  remove(ids) {
    const gone = new Set(ids);
    this.waiting = this.waiting.filter((one) => !gone.has(one.id));
    for (const one of this.live) {
      if (gone.has(one.id)) {
        one.untilMs = 0;
      }
    }
  }

  /**
   * Draws what there is at a time.
   * @param {number} nowMs
   * @returns {number} how many texts are on the stage; with 0 nothing needs to be drawn again
   */
  frame(nowMs) {
    const { context, ratio } = this;
    if (this.waiting.length > 0) {
      this.#letIn(nowMs);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    let kept = 0;
    for (const one of this.live) {
      if (one.untilMs <= nowMs) {
        continue;
      }
      this.live[kept++] = one;
      const sprite = this.#sprite(one);
      const x = one.position === 'scroll' ? this.#x(one, nowMs) : (this.width - sprite.width) / 2;
      if (one.position !== 'scroll') {
        context.globalAlpha = Math.min(1, (one.untilMs - nowMs) / 400, (nowMs - one.startMs + 60) / 200);
      }
      context.drawImage(sprite.canvas, Math.round(x * ratio), Math.round(this.#y(one) * ratio));
      context.globalAlpha = 1;
    }
    this.live.length = kept;
    return kept + this.waiting.length;
  }

  // Drawing a text costs a hundred times what copying its picture does.
  #sprite(one) {
    if (one.sprite !== undefined) {
      return one.sprite;
    }
    const key = `${one.size}|${one.colour}|${one.times}|${one.own ? 1 : 0}|${one.text}`;
    let sprite = this.sprites.get(key);
    if (sprite === undefined) {
      sprite = this.#draw(one);
      if (this.sprites.size >= SPRITES_MAX) {
        this.sprites.delete(this.sprites.keys().next().value);
      }
      this.sprites.set(key, sprite);
    }
    one.sprite = sprite;
    return sprite;
  }

  #draw(one) {
    const px = Math.round(this.fontPx * (SCALES[one.size] ?? 1));
    const font = `600 ${px}px ${FONT}`;
    const count = one.times > 1 ? ` ×${one.times}` : '';
    this.context.font = font;
    const textWidth = Math.ceil(this.context.measureText(one.text).width);
    const countWidth = count === '' ? 0 : Math.ceil(this.context.measureText(count).width);
    const padding = one.own ? 10 : 3;
    const width = textWidth + countWidth + 2 * padding;
    const height = Math.round(px * 1.5);
    const canvas = this.makeCanvas(
      Math.ceil(width * this.ratio),
      Math.ceil(height * this.ratio),
    );
    const context = canvas.getContext('2d');
    context.scale(this.ratio, this.ratio);
    context.font = font;
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
    context.lineWidth = 3.5;
    context.strokeStyle = 'rgba(10, 4, 16, 0.62)';
    if (one.own) {
      context.fillStyle = 'rgba(10, 4, 16, 0.35)';
      context.beginPath();
      context.roundRect(1, 1, width - 2, height - 2, height / 2);
      context.fill();
      context.save();
      context.strokeStyle = '#ffd873';
      context.lineWidth = 1.5;
      context.stroke();
      context.restore();
    }
    const middle = height / 2 + 1;
    context.strokeText(one.text, padding, middle);
    context.fillStyle = one.colour ?? '#ffffff';
    context.fillText(one.text, padding, middle);
    if (count !== '') {
      context.strokeText(count, padding + textWidth, middle);
      context.fillStyle = '#ffd873';
      context.fillText(count, padding + textWidth, middle);
    }
    return { canvas, width };
  }
}
