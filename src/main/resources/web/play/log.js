// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// What was said and what happened, as lines that can be read, scrolled and heard by those who do
// not follow texts that fly.

import { byId, el } from './dom.js';
import { keyOf } from './entries.js';
import { t } from './i18n.js';

const LINES_MAX = 160;

/** Messages that can still be taken back here; some make no line of their own. */
const RECALLABLE_MAX = 1_000;

/** Talk beyond this in one turn flies, but makes no line. */
const TALK_PER_TURN_MAX = 8;
const TURN_MS = 120;
const NEAR_END_PX = 60;

export class Log {
  constructor() {
    this.list = byId('log');
    this.newer = byId('newer');
    this.waiting = [];
    this.unseen = 0;
    this.lines = new Map();
    this.newer.addEventListener('click', () => this.#toEnd());
    this.list.addEventListener('scroll', () => this.#isAtEnd() && this.#seen(), { passive: true });
  }

  /**
   * Adds talk.
   * @param {any} entry
   * @param {number} epoch
   * @param {boolean} isOwn
   * @param {Element} name
   * @param {() => void} [takeBack] of one's own
   */
  talk(entry, epoch, isOwn, name, takeBack) {
    const line = el(
      isOwn ? 'li.line.own' : 'li.line',
      { 'data-seq': entry.seq },
      name,
      entry.text,
      entry.times > 1 && el('span.times', null, `×${entry.times}`),
      takeBack && el('button.take-back', { type: 'button', onclick: takeBack }, t('take_back')),
    );
    for (const seq of [entry.seq, ...entry.also]) {
      this.lines.set(keyOf(epoch, seq), line);
    }
    for (const oldest of this.lines.keys()) {
      if (this.lines.size <= RECALLABLE_MAX) {
        break;
      }
      this.lines.delete(oldest);
    }
    this.#queue(line, !isOwn);
  }

  /** Adds a line about money. @param {...(Node | string)} parts */
  event(...parts) {
    this.#queue(el('li.line.event', null, ...parts), false);
  }

  /** Adds a line about what is missing. @param {string} text @param {(() => void)} [fetch] */
  gap(text, fetch) {
    const line = el('li.line.gap', null, text);
    if (fetch !== undefined) {
      const button = el('button', { type: 'button', onclick: () => fetch(line) }, t('fetch'));
      line.append(' ', button);
    }
    this.#queue(line, false);
    return line;
  }

  /**
   * Puts lines of the past where their gap was.
   * @param {Element} gap
   * @param {any[]} entries
   * @param {(entry: any) => Element} nameOf
   */
  fill(gap, entries, nameOf) {
    const lines = entries.map((entry) => el('li.line', null, nameOf(entry), entry.text));
    gap.replaceWith(el('li.line.gap', null, t('fetched', { n: entries.length })), ...lines);
  }

  /** Takes talk back. @param {string} key */
  recall(key) {
    const line = this.lines.get(key);
    if (line !== undefined) {
      line.replaceChildren(t('recalled'));
      line.classList.add('gone');
    }
  }

  #queue(line, mayBeLeftOut) {
    this.waiting.push({ line, mayBeLeftOut });
    this.timer ??= setTimeout(() => this.#turn(), TURN_MS);
  }

  #turn() {
    this.timer = undefined;
    const wasAtEnd = this.#isAtEnd();
    let room = TALK_PER_TURN_MAX;
    const chosen = this.waiting.reverse().filter((one) => !one.mayBeLeftOut || room-- > 0).reverse();
    this.waiting = [];
    this.list.append(...chosen.map((one) => one.line));
    while (this.list.children.length > LINES_MAX) {
      this.list.firstElementChild.remove();
    }
    if (wasAtEnd) {
      this.#toEnd();
    } else {
      this.unseen += chosen.length;
      this.newer.textContent = t('newer', { n: this.unseen });
      this.newer.hidden = false;
    }
  }

  #isAtEnd() {
    const { list } = this;
    return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    this.list.scrollTop = this.list.scrollHeight;
    this.#seen();
  }

  #seen() {
    this.unseen = 0;
    this.newer.hidden = true;
  }
}
