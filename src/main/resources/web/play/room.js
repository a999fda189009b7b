// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The room: takes what its log and the private stream say, and gives it to stage, log, packets and
// balance. Nothing is shown that the server did not say.

import { Hongbao } from '/client/hongbao.js';
import { Balance } from './balance.js';
import { Composer } from './composer.js';
import { byId, el } from './dom.js';
import { entryOf, keyOf } from './entries.js';
import { Envelope } from './envelope.js';
import { Giving } from './giving.js';
import { money, t } from './i18n.js';
import { Log } from './log.js';
import { Names } from './names.js';
import { Packets } from './packets.js';
import { People } from './people.js';
import { problem } from './problems.js';
import { Stage } from './stage.js';

const RECENT = 60;
const TOAST_MS = 4_500;

/** A packet that is older than the newest entry by this does not drop in any more. */
const NEW_MS = 20_000;
const BALANCE_LATER_MS = 400;
const FETCH_MAX = 200;

/** Money events remembered, to know those that come again. */
const EVENTS_MAX = 5_000;

export class Room {
  constructor(play, guest) {
    this.play = play;
    this.own = guest.user_id;
    this.roomId = play.room_id;
    this.asset = play.fund.asset;
    this.client = new Hongbao({ url: '', token: guest.token });
    this.names = new Names(this.client);
    this.names.learn(guest.user_id, guest.nickname);
    this.newestMs = 0;
    this.epoch = undefined;
    this.events = new Set();
  }

  start() {
    this.balance = new Balance();
    this.log = new Log();
    this.people = new People(this.names);
    this.overflow = byId('overflow');
    this.dropped = 0;
    this.stage = new Stage(byId('danmaku'), (stats) => this.#showOverflow(stats));
    this.packets = new Packets(this.names, this.own, (packet) => this.envelope.pick(packet));
    const room = {
      client: this.client,
      names: this.names,
      own: this.own,
      roomId: this.roomId,
      asset: this.asset,
      onShare: () => this.#balanceSoon(),
      onSent: () => {
        this.#toast(t('sent_ok'));
        this.#balanceSoon();
      },
    };
    this.envelope = new Envelope(room);
    this.giving = new Giving(room);
    this.composer = new Composer(room);
    this.connection = this.client.rooms({
      onState: (state) => this.#showState(state),
      onPrivate: (items) => items.forEach((event) => this.#private(event)),
      onNote: (note) => this.#note(note),
      onError: (error) => this.#toast(t('e_other', { why: error.detail ?? error.code })),
    });
    this.connection.join(this.roomId, {
      density: 'high',
      recent: RECENT,
      onJoined: (joined) => this.#joined(joined),
      onEntries: (frame) => this.#entries(frame),
    });
    this.#readBalance();
    byId('say').focus({ preventScroll: true });
  }

  #joined(joined) {
    if (joined.watching !== undefined) {
      this.#watching(joined.watching);
    }
    const from = this.epoch;
    this.epoch = joined.epoch;
    // What was said before one came is read, and does not fly all at once.
    this.past = joined.newest ?? 0;
    if (from === undefined) {
      return;
    }
    const { gap } = joined;
    const isAnew = gap?.reason === 'new_epoch';
    this.#toast(
      isAnew ? t('gap_new_epoch') : gap ? t('gap_too_old', { n: gap.count }) : t('back'),
      gap ? 2 * TOAST_MS : TOAST_MS,
    );
    this.#readBalance();
    this.#readPackets();
    if (gap !== undefined) {
      this.#gap(gap);
      if (gap.now !== undefined) {
        const text = t('gap_too_old', { n: gap.now.count });
        this.log.gap(text, (line) => this.#fetch(line, joined.epoch, 0, gap.now.to));
      }
    } else if (joined.newest > joined.sequence) {
      this.log.gap(t('away', { n: joined.newest - joined.sequence }));
    }
  }

  #gap(gap) {
    // What the former life of the log had said last lies in the history, like what is too old.
    const isAnew = gap.reason === 'new_epoch';
    const text = isAnew ? t('gap_new_epoch') : t('gap_too_old', { n: gap.count });
    this.log.gap(text, (line) => this.#fetch(line, gap.epoch, gap.from - 1, gap.to ?? Infinity));
  }

  async #fetch(line, epoch, after, to) {
    try {
      const query = { after, epoch, limit: FETCH_MAX };
      const { body } = await this.client.get(`/v1/rooms/${this.roomId}/danmaku`, { query });
      const talk = body.items
        .map(entryOf)
        .filter((one) => one.kind === 'chat' && one.seq <= to && one.text !== '');
      this.log.fill(line, talk, (entry) => this.#nameOf(entry));
    } catch (failed) {
      this.#toast(problem(failed));
    }
  }

  #entries(frame) {
    const shots = [];
    const gone = [];
    const entries = frame.items.map(entryOf);
    // The server's time, whatever the clock of this machine says.
    this.newestMs = entries.reduce((most, entry) => Math.max(most, entry.atMs), this.newestMs);
    for (const entry of entries) {
      if (entry.kind === 'chat') {
        this.names.learn(entry.userId, entry.name.startsWith('#') ? '' : entry.name);
        this.#talk(entry, frame.epoch, shots, frame.epoch === this.epoch && entry.seq <= this.past);
      } else if (entry.kind === 'recall') {
        this.log.recall(entry.of);
        gone.push(entry.of);
      } else if (entry.kind === 'presence') {
        this.#watching(entry.watching);
      } else if (entry.kind.startsWith('red_packet.')) {
        this.#money(entry);
      } else if (entry.kind === 'notice') {
        this.log.event(entry.text);
      }
    }
    this.stage.add(shots);
    if (gone.length > 0) {
      this.stage.remove(gone);
    }
    const left = (frame.left_out ?? []).reduce((sum, range) => sum + range.count, 0);
    if (left > 0) {
      const [first] = frame.left_out;
      const last = frame.left_out.at(-1);
      this.log.gap(t('left_out', { n: left }), (line) => this.#fetch(line, frame.epoch, first.from - 1, last.to));
    }
  }

  // The epoch is the message's: after a restart the same number is another message.
  async #takeBack(epoch, seq) {
    try {
      const query = { epoch };
      await this.client.request('DELETE', `/v1/rooms/${this.roomId}/danmaku/${seq}`, { query });
    } catch (failed) {
      this.#toast(problem(failed));
    }
  }

  #nameOf(entry) {
    return this.names.into(el('b'), entry.userId);
  }

  #talk(entry, epoch, shots, isPast) {
    if (entry.text === '') {
      return;
    }
    const isOwn = entry.userId === this.own;
    const takeBack = isOwn ? () => this.#takeBack(epoch, entry.seq) : undefined;
    this.log.talk(entry, epoch, isOwn, this.#nameOf(entry), takeBack);
    this.people.seen(entry.userId);
    if (isPast) {
      return;
    }
    shots.push({
      id: keyOf(epoch, entry.seq),
      text: entry.text,
      colour: entry.colour,
      size: entry.size,
      position: entry.position,
      times: entry.times,
      own: isOwn,
    });
  }

  #money(entry) {
    const { data } = entry;
    // A new epoch begins with the money of the last minutes once more.
    if (this.events.has(entry.event)) {
      return;
    }
    this.events.add(entry.event);
    if (this.events.size > EVENTS_MAX) {
      this.events.delete(this.events.values().next().value);
    }
    switch (entry.kind) {
      case 'red_packet.sent': {
        const isNew = this.newestMs - entry.atMs < NEW_MS;
        data.senderId ??= data.userId;
        this.packets.sent(data, isNew, entry.seq > this.past);
        this.#line('sent', data.senderId, data.total);
        break;
      }
      case 'red_packet.opened': {
        const packet = this.packets.opened(data);
        this.envelope.changed(packet);
        if (data.userId === this.own) {
          this.log.event(t('opened_own', { sum: money(data.amount) }));
          this.#balanceSoon();
        } else {
          this.#line('opened', data.userId, data.amount);
          this.people.seen(data.userId);
        }
        break;
      }
      case 'red_packet.empty': {
        const packet = this.packets.ended(data);
        this.envelope.changed(packet);
        this.#ended(packet, data);
        break;
      }
      case 'red_packet.refunded':
        this.packets.ended(data);
        this.#line('refunded', data.senderId ?? data.userId, data.amount);
        break;
      default:
      // Newer than this page.
    }
  }

  // Known at once or when the name has been asked for; the line keeps its place.
  async #line(key, userId, minor) {
    const line = el('span', null, t(key, { name: this.names.now(userId), sum: money(minor ?? 0) }));
    this.log.event(line);
    line.textContent = t(key, { name: await this.names.of(userId), sum: money(minor ?? 0) });
  }

  async #ended(packet, data) {
    if (packet === undefined) {
      return;
    }
    const best =
      packet.shares.get(data.bestPlace) ??
      [...packet.shares.values()].sort((a, b) => b.amount - a.amount)[0];
    const line = el('span', null, '…');
    this.log.event(line);
    const name = await this.names.of(packet.senderId);
    line.textContent =
      best === undefined || packet.kind === 'equal'
        ? t('emptied_plain', { name })
        : t('emptied', { name, best: `${await this.names.of(best.userId)} ${money(best.amount)}` });
  }

  // The private stream: what concerns this user alone.
  #private(event) {
    const after = event.data?.balance_after;
    if (typeof after === 'number' && /credited|refunded|sent|topped_up/.test(event.type)) {
      this.balance.show(after);
    } else if (event.type?.startsWith('red_packet.') || event.type?.startsWith('account.')) {
      this.#balanceSoon();
    }
  }

  #note(note) {
    const place = note.place ?? note.ticket?.place;
    if (note.kind === 'slow_mode' && place > 0) {
      this.composer.tell(t('place_in_line', { n: place }));
    }
  }

  // What the private stream does not say in time is asked for.
  #balanceSoon() {
    clearTimeout(this.balanceTimer);
    this.balanceTimer = setTimeout(() => this.#readBalance(), BALANCE_LATER_MS);
  }

  async #readBalance() {
    try {
      const balances = await this.client.balances();
      const own = balances.find((one) => one.asset === this.asset);
      this.balance.show(own?.balance ?? own?.amount ?? 0);
    } catch {
      // The next event asks again.
    }
  }

  // Opens that happened while nobody listened are in the packets themselves.
  async #readPackets() {
    for (const packet of [...this.packets.all.values()].filter((one) => !one.over).slice(-8)) {
      try {
        const now = await this.client.packet(packet.id, packet.claimCode);
        for (const share of now.shares) {
          this.packets.opened({
            packetId: packet.id,
            userId: share.user_id,
            place: share.place,
            amount: share.amount.amount,
          });
        }
        if (now.closed_at !== undefined) {
          this.packets.ended({ packetId: packet.id });
        }
      } catch {
        return;
      }
    }
  }

  #watching(count) {
    this.people.count(count);
  }

  #showState(state) {
    const pill = byId('state');
    const isWell = state === 'open' || (state === 'connecting' && this.epoch === undefined);
    pill.hidden = isWell;
    pill.textContent = isWell ? '' : t(state === 'connecting' ? 'waiting' : state);
    document.documentElement.dataset.connection = state;
  }

  #showOverflow({ dropped }) {
    if (dropped > this.dropped) {
      this.overflow.textContent = t('merged', { n: dropped - this.dropped });
      this.overflow.hidden = false;
      clearTimeout(this.overflowTimer);
      this.overflowTimer = setTimeout(() => {
        this.dropped = dropped;
        this.overflow.hidden = true;
      }, 2_000);
    }
  }

  #toast(text, ms = TOAST_MS) {
    const toast = el('div.toast', null, text);
    byId('toasts').replaceChildren(toast);
    setTimeout(() => toast.remove(), ms);
  }
}
