// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// /ops: the server's metrics once a second, its ledger every three, and on a sandbox the kill.

import { Hongbao, HongbaoError } from '/client/hongbao.js';
import { byId, el } from './dom.js';
import { Metrics, rate } from './exposition.js';
import { Kill } from './kill.js';
import { drawBars, Line } from './plot.js';

const KEPT = 'hongbao.ops';
const EVERY_MS = 1_000;
const LEDGER_EVERY = 3;
const MS = 1_000;

const whole = (value) => Math.round(value).toLocaleString('en');
const small = (value) => (value >= 100 ? whole(value) : value.toFixed(value >= 10 ? 1 : 2));

/**
 * What is shown: `now` reads the moment, `grows` a counter whose growth a second is shown.
 * @type {{ title: string, unit: string, now?: (m: Metrics) => number, grows?: (m: Metrics) => number,
 *   show: (value: number) => string, note?: (m: Metrics) => string }[]}
 */
const TILES = [
  {
    title: 'Connections to rooms',
    unit: '',
    now: (m) => m.sum('hongbao_gateway_connections'),
    show: whole,
    note: (m) => `${whole(m.sum('hongbao_http_connections'))} HTTP connections`,
  },
  {
    title: 'Deliveries',
    unit: '/s',
    grows: (m) => m.sum('hongbao_gateway_delivered_total'),
    show: whole,
    note: (m) => `${whole(m.sum('hongbao_gateway_delivered_total'))} in all`,
  },
  {
    title: 'Left out, and said so',
    unit: '/s',
    grows: (m) => m.sum('hongbao_gateway_shed_total'),
    show: whole,
    note: (m) => `${whole(m.sum('hongbao_gateway_shed_total'))} in all`,
  },
  {
    title: 'Red packets opened',
    unit: '/s',
    grows: (m) => m.sum('hongbao_shares_credited_total'),
    show: small,
    note: (m) => `${whole(m.sum('hongbao_shares_credited_total'))} shares credited since the start`,
  },
  {
    title: 'Write and fsync, p99',
    unit: 'ms',
    now: (m) => m.max('hongbao_stage_journal', { quantile: '0.99' }) * MS,
    show: small,
    note: (m) => `p50 ${small(m.max('hongbao_stage_journal', { quantile: '0.5' }) * MS)} ms · ${whole(m.max('hongbao_journal_batch', { quantile: '0.99' }))} records a flush (p99)`,
  },
  {
    title: 'Flushes',
    unit: '/s',
    grows: (m) => m.sum('hongbao_journal_flushes_total'),
    show: whole,
    note: (m) => `${whole(m.sum('hongbao_journal_records_total'))} records made durable`,
  },
  {
    title: 'Requests',
    unit: '/s',
    grows: (m) => m.sum('hongbao_http_responses_total'),
    show: whole,
    note: (m) => `hot p99 ${small(m.max('hongbao_http_hot_seconds', { quantile: '0.99' }) * MS || m.max('hongbao_http_hot', { quantile: '0.99' }) * MS)} ms`,
  },
  {
    title: 'Memory and processor',
    unit: 'MB',
    now: (m) => m.sum('jvm_memory_used_bytes', { area: 'heap' }) / 1e6,
    show: whole,
    note: (m) => `processor ${Math.round(100 * m.sum('process_cpu_usage'))} % of ${whole(m.sum('system_cpu_count'))} cores`,
  },
];

class Board {
  constructor(key) {
    this.client = new Hongbao({ url: '', token: key, patienceMs: 0, headers: { 'Hongbao-Cause': 'ops page' } });
    this.turn = 0;
    byId('tiles').replaceChildren(...TILES.map((tile) => this.#tile(tile)));
  }

  #tile(tile) {
    tile.value = el('span');
    tile.text = el('p');
    const canvas = el('canvas', { 'aria-hidden': 'true' });
    tile.line = new Line(canvas);
    return el(
      'article.card.tile',
      null,
      el('h2', null, tile.title),
      el('div.value', null, tile.value, el('small', null, tile.unit)),
      canvas,
      tile.text,
    );
  }

  /** Reads once, so that a wrong key is told at the door. */
  async open() {
    this.#show(await this.#read());
    await this.#ledger();
    const play = await this.client.get('/v1/play').catch(() => undefined);
    if (play?.body.supervised) {
      this.kill = new Kill(this.client);
    }
    setInterval(() => this.#step(), EVERY_MS);
  }

  async #read() {
    const answer = await fetch('/v1/operator/metrics', {
      headers: { Authorization: `Bearer ${this.client.token}` },
      cache: 'no-store',
      signal: AbortSignal.timeout(5 * EVERY_MS),
    });
    if (!answer.ok) {
      throw new HongbaoError(answer.status, await answer.json());
    }
    return new Metrics(await answer.text(), performance.now());
  }

  async #step() {
    if (this.isReading || document.hidden) {
      return;
    }
    this.isReading = true;
    try {
      this.#show(await this.#read());
      if (++this.turn % LEDGER_EVERY === 0) {
        await this.#ledger();
      }
      this.#health(true, 'answers');
    } catch (failed) {
      this.before = undefined;
      TILES.forEach((tile) => tile.line.add(undefined));
      this.#health(false, failed instanceof HongbaoError ? failed.code : 'no answer');
    }
    this.isReading = false;
    this.kill?.look(byId('health').classList.contains('good'));
  }

  #health(isGood, text) {
    const pill = byId('health');
    pill.textContent = text;
    pill.className = isGood ? 'pill good' : 'pill bad';
  }

  #show(metrics) {
    for (const tile of TILES) {
      const value = tile.grows ? rate(metrics, this.before, tile.grows) : tile.now(metrics);
      tile.value.textContent = value === undefined ? '…' : tile.show(value);
      tile.text.textContent = tile.note?.(metrics) ?? '';
      tile.line.add(value ?? 0);
    }
    this.before = metrics;
    this.#latency(metrics);
    this.#health(true, 'answers');
  }

  // Of rooms where the gateway has a histogram, else the quantiles that there are.
  #latency(metrics) {
    const name = 'hongbao_gateway_pass';
    const all = metrics.buckets(`${name}_within`);
    const first = all.findIndex((one) => one.count > 0);
    const buckets = all.slice(Math.max(0, first), all.findLastIndex((one) => one.count > 0) + 1);
    if (buckets.length > 0) {
      byId('latency-title').textContent = 'From the log to the last reader’s socket';
      drawBars(byId('latency'), buckets.map(({ upTo, count }) => ({ label: `${small(upTo * MS)}`, count })));
      byId('latency-fine').textContent = `milliseconds, since the start · p50 ${small(metrics.max(name, { quantile: '0.5' }) * MS)} · p99 ${small(metrics.max(name, { quantile: '0.99' }) * MS)}`;
      return;
    }
    const stages = [
      ['queue', 'hongbao_stage_queue'],
      ['decide', 'hongbao_stage_decide'],
      ['fsync', 'hongbao_stage_journal'],
      ['hot call', 'hongbao_http_hot'],
      ['credit', 'hongbao_credit_lag'],
    ];
    byId('latency-title').textContent = 'Latency by stage, p99';
    drawBars(
      byId('latency'),
      stages.map(([label, metric]) => {
        const ms = metrics.max(metric, { quantile: '0.99' }) * MS;
        return { label: `${label} ${small(ms)}`, count: ms };
      }),
    );
    byId('latency-fine').textContent = 'milliseconds';
  }

  async #ledger() {
    const { body } = await this.client.get('/v1/operator/trial-balance');
    const sum = body.totals.reduce((all, one) => all + Math.abs(one.sum), 0);
    const zero = byId('ledger-sum');
    zero.textContent = String(sum);
    zero.classList.toggle('bad', sum !== 0 || !body.balanced);
    byId('ledger-fine').textContent = body.balanced
      ? `balanced${body.exact ? ', all partitions at one moment' : ''}, ${new Date(body.at).toLocaleTimeString('en-GB')}`
      : 'NOT BALANCED';
    const rows = body.totals.filter((total) => total.accounts.length > 0).flatMap((total) => [
      ...total.accounts.map((one) => bookRow(one.kind, whole(one.count), whole(one.sum))),
      bookRow(`sum, ${total.asset}`, '', whole(total.sum)),
    ]);
    byId('books').replaceChildren(...rows);
  }
}

function bookRow(...cells) {
  return el('div', null, ...cells.map((cell) => el('span', null, cell)));
}

async function enter(key) {
  const board = new Board(key);
  byId('board').hidden = false;
  try {
    await board.open();
  } catch (failed) {
    byId('board').hidden = true;
    throw failed;
  }
  sessionStorage.setItem(KEPT, key);
  byId('door').hidden = true;
  byId('leave').hidden = false;
}

async function redeemed(code) {
  // Out of the address bar before anything else: it is worth nothing any more.
  history.replaceState(null, '', '/ops');
  const { body } = await new Hongbao({ url: '' }).post('/v1/play/ops-links/redeem', { code });
  return body.key;
}

function ask(text) {
  byId('door').hidden = false;
  byId('door-error').textContent = text;
  byId('key').focus();
}

async function main() {
  byId('leave').addEventListener('click', () => {
    sessionStorage.removeItem(KEPT);
    location.reload();
  });
  byId('door-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      await enter(byId('key').value.trim());
    } catch (failed) {
      ask(failed.message);
    }
  });
  try {
    const code = location.hash.slice(1);
    const key = code ? await redeemed(code) : sessionStorage.getItem(KEPT);
    if (key) {
      await enter(key);
    } else {
      ask('');
    }
  } catch (failed) {
    ask(failed.problem?.detail ?? failed.message);
  }
}

main();
