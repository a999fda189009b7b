// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The page's modules that need no browser. Run by PlayModulesIT; the environment says where the
// modules and the vectors of the draw are.

import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';

globalThis.navigator ??= { language: 'en' };
globalThis.localStorage = { getItem: () => null, setItem: () => {} };

const load = (name) => import(pathToFileURL(`${process.env.MODULES}/${name}`).href);
const { sha256 } = await load('sha256.js');
const { checkDraw } = await load('draw.js');
const { TEXTS, money } = await load('i18n.js');
const { StageCore } = await load('stage-core.js');
const { entryOf, keyOf } = await load('entries.js');
const { Metrics, rate } = await load('exposition.js');

test('SHA-256 is that of everybody', () => {
  for (let size = 0; size < 200; size++) {
    const bytes = randomBytes(size);
    const expected = createHash('sha256').update(bytes).digest('hex');
    assert.equal(Buffer.from(sha256(bytes)).toString('hex'), expected, `size ${size}`);
  }
});

test('every vector of the draw is found right, and a changed share wrong', () => {
  const vectors = JSON.parse(readFileSync(process.env.VECTORS, 'utf8'));
  const list = vectors.vectors ?? vectors;
  assert.ok(list.length >= 21);
  for (const { name, proof } of list) {
    assert.deepEqual(
      checkDraw(proof, proof.commitment).steps.filter((step) => !step.ok),
      [],
      name,
    );
    const other = structuredClone(proof);
    if (other.shares.length > 0) {
      other.shares[0].amount += 1;
      assert.equal(checkDraw(other, proof.commitment).ok, false, name);
    }
    assert.equal(checkDraw(proof, '0'.repeat(64)).ok, false, name);
  }
});

test('both languages say everything, with the same places', () => {
  assert.deepEqual(Object.keys(TEXTS.zh).sort(), Object.keys(TEXTS.en).sort());
  for (const [key, text] of Object.entries(TEXTS.en)) {
    const places = (one) => (one.match(/\{\w+\}/g) ?? []).sort();
    assert.deepEqual(places(TEXTS.zh[key]), places(text), key);
  }
});

test('money is written without floating point', () => {
  assert.equal(money(0), '¥0.00');
  assert.equal(money(5), '¥0.05');
  assert.equal(money(123_456_789), '¥1,234,567.89');
  assert.equal(money(-105), '−¥1.05');
});

const noContext = {
  setTransform() {}, clearRect() {}, drawImage() {}, scale() {}, strokeText() {}, fillText() {},
  beginPath() {}, roundRect() {}, fill() {}, stroke() {}, save() {}, restore() {},
  measureText: (text) => ({ width: 20 * text.length }),
};
const noCanvas = (width = 0, height = 0) => ({ width, height, getContext: () => noContext });
const stage = (max) =>
  new StageCore(noCanvas(), { width: 1200, height: 700, ratio: 1, max, makeCanvas: noCanvas });
const shot = (i) => ({ id: String(i), text: `text ${i}` });

test('what flies in one lane never touches', () => {
  const core = stage(1_000);
  for (let nowMs = 0; nowMs < 60_000; nowMs += 50) {
    if (nowMs % 250 === 0) {
      core.add([{ id: String(nowMs), text: 'x'.repeat(1 + ((nowMs / 250) % 23)) }], nowMs);
    }
    core.frame(nowMs);
    const byLane = Map.groupBy
      ? Map.groupBy(core.live, (one) => one.lane)
      : core.live.reduce((map, one) => map.set(one.lane, [...(map.get(one.lane) ?? []), one]), new Map());
    for (const lane of byLane.values()) {
      const spans = lane
        .map((one) => {
          const left = core.width - (nowMs - one.startMs) * one.speed;
          return [left, left + one.sprite.width];
        })
        .sort(([a], [b]) => a - b);
      for (let i = 1; i < spans.length; i++) {
        assert.ok(spans[i][0] >= spans[i - 1][1], `at ${nowMs} ms`);
      }
    }
  }
});

test('a full stage counts what finds no place, and takes equal texts', () => {
  const core = stage(100);
  core.add(Array.from({ length: 130 }, (_, i) => shot(i)), 0);
  assert.equal(core.live.length + core.waiting.length, 100);
  assert.equal(core.dropped, 30);
  core.add([{ id: 'again', text: 'text 3', times: 5 }], 5_000);
  assert.equal(core.merged, 5);
  for (let nowMs = 0; nowMs < 120_000; nowMs += 100) {
    core.frame(nowMs);
  }
  assert.ok(core.isIdle);
});

test('a recalled text leaves, waiting or flying', () => {
  const core = stage(100);
  core.add(Array.from({ length: 60 }, (_, i) => shot(i)), 0);
  core.remove(Array.from({ length: 60 }, (_, i) => String(i)));
  core.frame(1);
  assert.ok(core.isIdle);
});

test('an entry is the same from the WebSocket and from HTTP', () => {
  const short = entryOf({ seq: 7, at: '1970-01-01T00:00:01.000Z', kind: 'chat', id: '9', user_id: '3', nickname: 'Wei', text: 'hi', colour: '#0000ff' });
  const long = entryOf({ seq: 7, at: '1970-01-01T00:00:01.000Z', kind: 'chat', id: '9', user_id: '3', nickname: 'Wei', text: 'hi', colour: '#0000ff', size: 25, position: 'scroll' });
  assert.deepEqual(short, long);
});

test('a message that is taken back is told from one of the same number in another epoch', () => {
  const recall = { seq: 8, at: '1970-01-01T00:00:01.000Z', kind: 'recall', of_epoch: 5, of_seq: 7, by: 'author' };
  assert.equal(entryOf(recall).of, keyOf(5, 7));
  assert.notEqual(entryOf(recall).of, keyOf(6, 7));
});

test('metrics are read with labels, and a restarted counter begins at zero', () => {
  const text = '# HELP a b\na_total{lane="0"} 5\na_total{lane="1"} 7\nh_bucket{le="0.1"} 2\nh_bucket{le="+Inf"} 3\n';
  const before = new Metrics(text, 0);
  assert.equal(before.sum('a_total'), 12);
  assert.equal(before.sum('a_total', { lane: '1' }), 7);
  assert.deepEqual(before.buckets('h_bucket'), [{ upTo: 0.1, count: 2 }, { upTo: Infinity, count: 1 }]);
  const later = new Metrics('a_total 4\n', 2_000);
  assert.equal(rate(later, before, (one) => one.sum('a_total')), 2);
});
