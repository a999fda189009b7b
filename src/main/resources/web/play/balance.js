// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The balance, as wheels that turn when money comes or goes.

import { byId, el } from './dom.js';
import { money, onLanguage, t } from './i18n.js';

export class Balance {
  constructor() {
    this.button = byId('balance');
    this.wheels = this.button.querySelector('.wheels');
    this.minor = undefined;
    this.shown = '';
    onLanguage(() => this.#say());
  }

  /** @param {number} minor */
  show(minor) {
    const before = this.minor;
    if (before === minor) {
      return;
    }
    this.minor = minor;
    this.button.hidden = false;
    this.#turn(money(minor).slice(1));
    this.#say();
    if (before !== undefined && minor > before) {
      this.button.classList.remove('up');
      void this.button.offsetWidth;
      this.button.classList.add('up');
    }
  }

  #say() {
    if (this.minor !== undefined) {
      byId('balance-text').textContent = t('balance', { sum: money(this.minor) });
    }
  }

  #turn(text) {
    if (text.length !== this.shown.length) {
      this.wheels.replaceChildren(...[...text].map(wheel));
      // Laid out once at zero, or nothing would turn.
      void this.wheels.offsetWidth;
    }
    [...text].forEach((character, index) => {
      const strip = this.wheels.children[index].firstElementChild;
      if (/\d/.test(character)) {
        strip.style.transform = `translateY(-${Number(character) * 10}%)`;
      } else {
        strip.textContent = character;
      }
    });
    this.shown = text;
  }
}

function wheel(character) {
  const strip = el('span');
  if (/\d/.test(character)) {
    for (let digit = 0; digit < 10; digit++) {
      strip.append(el('span', null, digit));
    }
  }
  return el('span.wheel', null, strip);
}
