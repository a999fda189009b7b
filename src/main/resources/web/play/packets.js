// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The red packets of the room: what is known of each, the envelopes that drop onto the stage, and
// the tray in which all of them stay within reach.

import { byId, el } from './dom.js';
import { money, t } from './i18n.js';

const DROPPED_MAX = 3;
const DROP_MS_MAX = 20_000;
const LEAVE_MS = 450;
const TRAY_MAX = 24;

export class Packets {
  /**
   * @param {import('./names.js').Names} names
   * @param {string} own user id of who looks
   * @param {(packet: any) => void} onPick
   */
  constructor(names, own, onPick) {
    this.names = names;
    this.own = own;
    this.onPick = onPick;
    this.all = new Map();
    this.drops = byId('drops');
    this.tray = byId('tray');
    this.row = byId('tray-row');
  }

  /** What is known of one. @param {string} id */
  get(id) {
    return this.all.get(id);
  }

  /**
   * One arrived.
   * @param {any} data
   * @param {boolean} isNew whether it was sent lately, and drops onto the stage
   * @param {boolean} isLive whether its message came when it was sent, and not from the past
   */
  sent(data, isNew, isLive) {
    let packet = this.all.get(data.packetId);
    if (packet === undefined) {
      // Of a live message the commitment is noted before anything was opened; a check compares with it.
      const noted = isLive ? data.commitment : undefined;
      packet = { ...data, id: data.packetId, noted, opened: 0, shares: new Map(), over: false };
      this.all.set(packet.id, packet);
      this.#enterTray(packet);
      if (isNew) {
        this.#drop(packet);
      }
    }
    return packet;
  }

  /** Somebody opened. @param {any} data */
  opened(data) {
    const packet = this.all.get(data.packetId);
    if (packet !== undefined && !packet.shares.has(data.place)) {
      packet.shares.set(data.place, data);
      packet.opened = packet.shares.size;
      packet.mine ||= data.userId === this.own;
      this.#show(packet);
      if (packet.mine || packet.opened >= packet.count) {
        this.#leave(packet);
      }
    }
    return packet;
  }

  /** It is empty, or the rest went back. @param {any} data */
  ended(data) {
    const packet = this.all.get(data.packetId);
    if (packet !== undefined) {
      packet.over = true;
      this.#show(packet);
      this.#leave(packet);
    }
    return packet;
  }

  #drop(packet) {
    const drop = el(
      'button.drop',
      {
        type: 'button',
        'data-packet': packet.id,
        'aria-label': t('open_label', { name: this.names.now(packet.senderId) }),
        onclick: () => this.onPick(packet),
      },
      envelope(),
      this.names.into(el('small'), packet.senderId),
    );
    packet.drop = drop;
    this.drops.append(drop);
    if (this.drops.querySelectorAll('.drop:not(.leaving)').length > DROPPED_MAX) {
      const oldest = this.drops.querySelector('.drop:not(.leaving)');
      this.#leave(this.all.get(oldest.dataset.packet));
    }
    setTimeout(() => this.#leave(packet), DROP_MS_MAX);
  }

  #leave(packet) {
    const drop = packet?.drop;
    if (drop !== undefined) {
      packet.drop = undefined;
      drop.classList.add('leaving');
      setTimeout(() => drop.remove(), LEAVE_MS);
    }
  }

  #enterTray(packet) {
    packet.count ??= 0;
    packet.slot = el(
      'button.slot',
      { type: 'button', 'data-packet': packet.id, onclick: () => this.onPick(packet) },
      envelope(),
      el('span'),
    );
    this.row.prepend(packet.slot);
    while (this.row.children.length > TRAY_MAX) {
      this.row.lastElementChild.remove();
    }
    this.tray.hidden = false;
    this.#show(packet);
  }

  #show(packet) {
    const isOver = packet.over || packet.opened >= packet.count;
    packet.slot.classList.toggle('over', isOver && !packet.mine);
    packet.slot.classList.toggle('mine', packet.mine === true);
    packet.slot.firstElementChild.classList.toggle('open', isOver || packet.mine === true);
    packet.slot.lastElementChild.textContent = `${packet.opened}/${packet.count}`;
    packet.slot.setAttribute(
      'aria-label',
      `${t('packet_of', { name: this.names.now(packet.senderId) })}, ${money(packet.total ?? 0)}, ${packet.opened}/${packet.count}`,
    );
  }
}

/** The picture of a red packet. */
export function envelope() {
  return el('span.env', { 'aria-hidden': 'true' }, el('span.knob', null, '開'));
}
