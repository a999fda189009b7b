// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Saying something: text, colour, place; what slow mode and refusals answer.

import { HongbaoError } from '/client/hongbao.js';
import { byId, el } from './dom.js';
import { onLanguage, t } from './i18n.js';
import { problem } from './problems.js';

const COLOURS = ['#ffffff', '#ffd873', '#ff8f8f', '#8fe3ff', '#a5f29b', '#ffb3ec', '#c9b6ff'];
const PLACES = ['scroll', 'top', 'bottom'];
const TOLD_MS = 4_000;

export class Composer {
  /** @param {{ client: import('/client/hongbao.js').Hongbao, roomId: string }} room */
  constructor(room) {
    this.room = room;
    this.input = byId('say');
    this.button = byId('shoot');
    this.wait = byId('wait');
    this.palette = byId('palette');
    this.opener = byId('style');
    this.colour = COLOURS[0];
    this.place = PLACES[0];
    byId('composer').addEventListener('submit', (event) => {
      event.preventDefault();
      this.#say();
    });
    this.opener.addEventListener('click', () => this.#toggle(this.palette.hidden));
    addEventListener('keydown', (event) => event.key === 'Escape' && this.#toggle(false));
    addEventListener('pointerdown', (event) => {
      if (!this.palette.contains(event.target) && !this.opener.contains(event.target)) {
        this.#toggle(false);
      }
    });
    onLanguage(() => this.#draw());
    this.#draw();
  }

  #toggle(isOpen) {
    if (!isOpen && this.palette.contains(document.activeElement)) {
      this.opener.focus();
    }
    this.palette.hidden = !isOpen;
    this.opener.setAttribute('aria-expanded', String(isOpen));
  }

  #draw() {
    this.opener.setAttribute('aria-label', t('look'));
    this.opener.firstElementChild.style.background = this.colour;
    const dots = COLOURS.map((colour) => {
      const dot = el('button.dot', {
        type: 'button',
        'aria-label': `${t('colour')} ${colour}`,
        'aria-pressed': String(colour === this.colour),
        onclick: () => this.#choose('colour', colour),
      });
      dot.style.background = colour;
      return dot;
    });
    const places = PLACES.map((place) =>
      el(
        'button.choice',
        {
          type: 'button',
          'aria-pressed': String(place === this.place),
          onclick: () => this.#choose('place', place),
        },
        t(place),
      ),
    );
    this.palette.replaceChildren(el('div.row', null, ...dots), el('div.row', null, ...places));
  }

  #choose(what, value) {
    this[what] = value;
    this.#draw();
    this.input.focus();
    this.#toggle(false);
  }

  async #say() {
    const text = this.input.value.trim();
    if (text === '') {
      return;
    }
    this.input.value = '';
    try {
      const body = { text, position: this.place, colour: this.colour };
      const answer = await this.room.client.say(this.room.roomId, body);
      const place = answer.place ?? answer.ticket?.place;
      if (place !== undefined) {
        this.tell(t('place_in_line', { n: place }));
      }
    } catch (failed) {
      const isForgotten = this.input.value === '';
      if (isForgotten) {
        this.input.value = text;
      }
      this.tell(
        failed instanceof HongbaoError && failed.retryAfterMs > 0
          ? t('wait_s', { n: Math.ceil(failed.retryAfterMs / 1000) })
          : problem(failed),
      );
    }
  }

  /** Says something beside the text for some seconds. @param {string} text */
  tell(text) {
    clearTimeout(this.timer);
    this.wait.textContent = text;
    this.wait.hidden = text === '';
    this.timer = setTimeout(() => {
      this.wait.hidden = true;
    }, TOLD_MS);
  }
}
