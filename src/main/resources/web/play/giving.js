// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Sending a red packet to the room.

import { byId, el } from './dom.js';
import { money, t } from './i18n.js';
import { problem } from './problems.js';

const COUNT_MAX = 100;

export class Giving {
  /**
   * @param {{ client: import('/client/hongbao.js').Hongbao, roomId: string, asset: string,
   *   onSent: (packet: any) => void }} room
   */
  constructor(room) {
    this.room = room;
    this.dialog = byId('giving');
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) {
        this.dialog.close();
      }
    });
    byId('give').addEventListener('click', () => this.show());
  }

  show() {
    const kind = (name, checked) =>
      el(
        'label',
        null,
        el('input', { type: 'radio', name: 'kind', value: name, checked }),
        el('span', null, t(name)),
        el('small', null, t(`${name}_hint`)),
      );
    const total = el('input', { type: 'text', inputmode: 'decimal', id: 'give-total', value: '8.88', required: true });
    const count = el('input', { type: 'number', id: 'give-count', min: 1, max: COUNT_MAX, value: 5, required: true });
    const wish = el('input', { type: 'text', id: 'give-wish', maxlength: 60, placeholder: t('greeting') });
    const sum = el('p.sum', { 'aria-hidden': 'true' }, money(minorOf(total.value)));
    const error = el('p.error', { role: 'alert' });
    const button = el('button.primary', { type: 'submit' }, t('put_in'));
    total.addEventListener('input', () => {
      sum.textContent = money(minorOf(total.value));
    });
    const form = el(
      'form.panel.giving',
      { autocomplete: 'off' },
      el('button.shut', { type: 'button', 'aria-label': t('close'), onclick: () => this.dialog.close() }, '×'),
      el('h2', { id: 'giving-title' }, t('give')),
      el('div.kinds', { role: 'radiogroup' }, kind('lucky', true), kind('equal', false)),
      el(
        'div.two',
        null,
        el('div', null, el('label', { for: 'give-total' }, `${t('total')} (¥)`), total),
        el('div', null, el('label', { for: 'give-count' }, t('count')), count),
      ),
      el('div.one', null, el('label', { for: 'give-wish' }, t('wish')), wish),
      sum,
      error,
      button,
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      const packet = {
        kind: form.elements.kind.value,
        total: { asset: this.room.asset, amount: minorOf(total.value) },
        count: Number(count.value),
        audience: { room_id: this.room.roomId },
        greeting: wish.value.trim() || undefined,
      };
      this.#send(packet, button, error);
    });
    this.dialog.replaceChildren(form);
    this.dialog.showModal();
    total.select();
  }

  // One key for as long as the form is the same: a second click is a repeat, not a second packet.
  async #send(packet, button, error) {
    const body = JSON.stringify(packet);
    if (this.body !== body) {
      this.body = body;
      this.key = this.room.client.newKey();
    }
    button.disabled = true;
    button.textContent = t('sending');
    error.textContent = '';
    try {
      const sent = await this.room.client.send(packet, { key: this.key });
      this.body = undefined;
      this.dialog.close();
      this.room.onSent(sent);
    } catch (failed) {
      error.textContent = problem(failed);
      if (failed.status !== undefined) {
        this.body = undefined;
      }
    }
    button.disabled = false;
    button.textContent = t('put_in');
  }
}

/** @param {string} text what somebody typed @returns {number} minor units; 0 when it is no sum */
function minorOf(text) {
  const match = /^\s*(\d{1,9})(?:[.,](\d{1,2}))?\s*$/.exec(text);
  return match ? Number(match[1]) * 100 + Number((match[2] ?? '').padEnd(2, '0')) : 0;
}
