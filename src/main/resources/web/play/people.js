// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Who is here: how many watch, and on a click those who were seen lately.

import { byId, el, face } from './dom.js';
import { t } from './i18n.js';

const SEEN_MAX = 24;

export class People {
  /** @param {import('./names.js').Names} names */
  constructor(names) {
    this.names = names;
    this.lately = new Set();
    this.watching = 0;
    this.pill = byId('watching');
    this.panel = byId('people');
    this.pill.addEventListener('click', () => this.#toggle(this.panel.hidden));
    addEventListener('keydown', (event) => event.key === 'Escape' && this.#toggle(false));
    addEventListener('pointerdown', (event) => {
      if (!this.panel.contains(event.target) && !this.pill.contains(event.target)) {
        this.#toggle(false);
      }
    });
  }

  /** @param {number} watching */
  count(watching) {
    this.watching = watching;
    this.pill.hidden = false;
    this.pill.lastElementChild.textContent = watching.toLocaleString('en');
    this.pill.setAttribute('aria-label', t('people', { n: watching }));
  }

  /** @param {string} userId */
  seen(userId) {
    this.lately.delete(userId);
    this.lately.add(userId);
    if (this.lately.size > SEEN_MAX) {
      this.lately.delete(this.lately.values().next().value);
    }
  }

  async #toggle(isOpen) {
    this.panel.hidden = !isOpen;
    this.pill.setAttribute('aria-expanded', String(isOpen));
    if (!isOpen) {
      return;
    }
    const ids = [...this.lately].reverse();
    const names = await Promise.all(ids.map((id) => this.names.of(id)));
    const others = this.watching - names.length;
    this.panel.replaceChildren(
      el('h2', null, t('here')),
      el('ul', null, ...names.map((name) => el('li', null, face(name), el('span', null, name)))),
      others > 0 && el('p.fine', null, t('here_others', { n: others.toLocaleString('en') })) || '',
    );
  }
}
