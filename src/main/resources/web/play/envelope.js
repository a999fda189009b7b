// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// One red packet in the middle of the screen: sealed, then open with the share, everybody's shares,
// and the check of the draw.

import { HongbaoError } from '/client/hongbao.js';
import { byId, el, face } from './dom.js';
import { checkDraw } from './draw.js';
import { clock, money, t } from './i18n.js';
import { problem } from './problems.js';

/** The coin turns at least this long: what is over at once is no surprise. */
const TURN_MS_MIN = 650;
const COINS = 42;
const REFRESH_MS = 1_500;

export class Envelope {
  /**
   * @param {{ client: import('/client/hongbao.js').Hongbao, names: import('./names.js').Names,
   *   own: string, onShare: (share: any) => void }} room
   */
  constructor(room) {
    this.room = room;
    this.dialog = byId('envelope');
    this.dialog.addEventListener('close', () => clearTimeout(this.timer));
    this.dialog.addEventListener('click', (event) => {
      if (event.target === this.dialog) {
        this.dialog.close();
      }
    });
  }

  /** Shows a packet: sealed when one may still try, else its table. @param {any} packet */
  pick(packet) {
    this.packet = packet;
    if (packet.mine || packet.over || packet.opened >= packet.count) {
      this.#showResult();
    } else {
      this.#showSealed('');
    }
    if (!this.dialog.open) {
      this.dialog.showModal();
    }
  }

  /** Something happened to a packet; the table follows. @param {any} packet */
  changed(packet) {
    if (this.dialog.open && this.packet === packet && this.isResult) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#refresh(), 150);
    }
  }

  #shut() {
    return el('button.shut', { type: 'button', 'aria-label': t('close'), onclick: () => this.dialog.close() }, '×');
  }

  #title(packet) {
    const title = el('h2', { id: 'envelope-title' });
    title.textContent = t('packet_of', { name: this.room.names.now(packet.senderId) });
    this.room.names.of(packet.senderId).then((name) => {
      title.textContent = t('packet_of', { name });
    });
    return title;
  }

  #showSealed(said) {
    const { packet } = this;
    this.isResult = false;
    const coin = el(
      'button.coin-button',
      { type: 'button', 'aria-label': t('open'), onclick: () => this.#open(coin) },
      '開',
    );
    const panel = el(
      'div.red-panel',
      null,
      this.#shut(),
      el(
        'div.flap',
        null,
        face(this.room.names.now(packet.senderId)),
        this.#title(packet),
        el('p.greeting', null, packet.greeting || t('greeting')),
      ),
      said === '' && coin,
      el(
        'div.below',
        null,
        said !== '' && el('p.said', { role: 'status' }, said),
        el('button.quiet', { type: 'button', onclick: () => this.#showResult() }, t('see')),
      ),
    );
    this.dialog.replaceChildren(panel);
    queueMicrotask(() => coin.focus());
  }

  async #open(coin) {
    const { packet } = this;
    coin.disabled = true;
    coin.classList.add('turning');
    const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
    const turned = new Promise((done) => setTimeout(done, still ? 0 : TURN_MS_MIN));
    try {
      const share = await this.room.client.open(packet.id, packet.claimCode);
      await turned;
      packet.mine = true;
      this.room.onShare(share);
      if (this.packet === packet) {
        this.share = share;
        await this.#showResult(share, !still);
      }
    } catch (failed) {
      await turned;
      if (this.packet !== packet) {
        return;
      }
      if (failed instanceof HongbaoError && (failed.code === 'empty' || failed.code === 'expired')) {
        packet.over = true;
        this.#showSealed(t(failed.code === 'empty' ? 'too_late' : 'expired'));
      } else {
        this.#showSealed(problem(failed));
      }
    }
  }

  async #showResult(share, withBurst = false) {
    const { packet } = this;
    this.isResult = true;
    const list = el('ol.shares');
    this.parts = {
      won: el('div.won', { role: 'status' }),
      left: el('span'),
      sum: el('span'),
      list,
      foot: el('div.foot'),
    };
    const { won, left, sum, foot } = this.parts;
    const head = el(
      'div.head',
      null,
      face(this.room.names.now(packet.senderId)),
      this.#title(packet),
      el('p.greeting', null, packet.greeting || t('greeting')),
    );
    const panel = el('div.panel.result', null, this.#shut(), head, won, el('div.sub', null, left, sum), list, foot);
    this.dialog.replaceChildren(panel);
    if (share !== undefined) {
      this.#showWon(share, withBurst);
      if (withBurst) {
        this.dialog.append(burst());
      }
    }
    panel.querySelector('.shut').focus();
    await this.#refresh();
  }

  #showWon(share, counts) {
    const sum = el('span');
    this.parts.won.replaceChildren(
      el('div.sum', null, sum),
      el('p', null, t(share.credited ? 'won' : 'won_waiting')),
    );
    countUp(sum, share.amount.amount, counts);
  }

  async #refresh() {
    const { packet, parts } = this;
    let now;
    try {
      now = await this.room.client.packet(packet.id, packet.claimCode);
    } catch (failed) {
      parts.foot.replaceChildren(el('p.error', null, problem(failed)));
      return;
    }
    if (this.parts !== parts) {
      return;
    }
    packet.state = now.state;
    packet.over ||= now.state === 'empty' || now.state === 'expired';
    parts.left.textContent = t('of_shares', { opened: now.opened_count, count: now.count });
    parts.sum.textContent = t('of_sum', {
      opened: money(now.opened_amount.amount),
      total: money(now.total.amount),
    });
    if (now.my_share && parts.won.childElementCount === 0) {
      this.#showWon(now.my_share, false);
    } else if (now.my_share?.credited) {
      parts.won.lastElementChild.textContent = t('won');
    } else if (!now.my_share) {
      parts.won.replaceChildren(el('p', null, t('not_won')));
    }
    const best = now.best_luck?.place;
    parts.list.replaceChildren(...now.shares.map((one) => this.#share(one, best)));
    this.#showFoot(now);
    if (now.state === 'open' && this.dialog.open) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.#refresh(), REFRESH_MS);
    }
  }

  #share(one, best) {
    const name = this.room.names.now(one.user_id);
    const isOwn = one.user_id === this.room.own;
    return el(
      isOwn ? 'li.own' : 'li',
      null,
      face(name),
      el(
        'div',
        null,
        isOwn ? el('div.name', null, `${name} · ${t('you')}`) : this.room.names.into(el('div.name'), one.user_id),
        el('time', null, clock(one.opened_at)),
      ),
      el(
        'div.amount',
        null,
        money(one.amount.amount),
        (one.best || one.place === best) && el('span.best', null, `♛ ${t('best')}`),
      ),
    );
  }

  #showFoot(now) {
    const { foot } = this.parts;
    if (foot.querySelector('.check')) {
      return;
    }
    if (now.closed_at === undefined) {
      foot.replaceChildren(el('p.fine', null, t('check_later')));
    } else if (!foot.querySelector('#check')) {
      foot.replaceChildren(
        el('button.plain', { type: 'button', id: 'check', onclick: () => this.#check() }, t('check')),
      );
    }
  }

  // All of it is computed here; the server only hands over the seed.
  async #check() {
    const { packet } = this;
    const { foot } = this.parts;
    foot.replaceChildren(el('p.fine', { role: 'status' }, t('checking')));
    try {
      const headers = packet.claimCode ? { 'Hongbao-Claim-Code': packet.claimCode } : undefined;
      const { body } = await this.room.client.get(`/v1/red-packets/${packet.id}/proof`, { headers });
      const found = checkDraw(body, packet.noted);
      const steps = found.steps.map(({ name, ok }, index) =>
        el(ok ? 'li' : 'li.bad', { style: { 'animation-delay': `${index * 140}ms` } }, el('i', null, ok ? '✓' : '✗'), el('span', null, t(`check_${name}`))),
      );
      if (packet.noted === undefined) {
        steps.push(el('li', null, el('i', null, '·'), el('span', null, t('check_noted_not'))));
      }
      foot.replaceChildren(
        el(
          'div.check',
          { role: 'status', 'data-ok': String(found.ok) },
          el(found.ok ? 'p.verdict' : 'p.verdict.bad', null, t(found.ok ? 'check_good' : 'check_bad')),
          el('ul', null, ...steps),
          el('code', null, found.commitment),
        ),
      );
      foot.scrollIntoView({ block: 'end' });
    } catch (failed) {
      foot.replaceChildren(el('p.error', null, problem(failed)));
    }
  }
}

function countUp(element, minor, counts) {
  if (!counts) {
    element.textContent = money(minor);
    return;
  }
  const startMs = performance.now();
  const step = (nowMs) => {
    const part = Math.min(1, (nowMs - startMs) / 800);
    element.textContent = money(Math.round(minor * (1 - (1 - part) ** 3)));
    if (part < 1) {
      requestAnimationFrame(step);
    }
  };
  element.textContent = money(0);
  requestAnimationFrame(step);
}

function burst() {
  const coins = Array.from({ length: COINS }, () => {
    const angle = Math.random() * 2 * Math.PI;
    const far = 120 + Math.random() * 220;
    return el('i', {
      style: {
        '--x': `${Math.cos(angle) * far}px`,
        '--y': `${Math.sin(angle) * far + 120}px`,
        '--r': `${Math.random() * 720 - 360}deg`,
        'animation-delay': `${Math.random() * 120}ms`,
      },
    });
  });
  const whole = el('div.burst', { 'aria-hidden': 'true' }, ...coins);
  setTimeout(() => whole.remove(), 1_600);
  return whole;
}
