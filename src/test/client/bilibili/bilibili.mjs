// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The gateway".
//
// Two libraries that were written for Bilibili connect to this server by its address alone, and see
// what is said, given and sent. BilibiliClientsIT runs this where npm could fetch them.

import assert from 'node:assert/strict';
import bilibili from 'bilibili-live-ws';
import WebSocket from 'ws';

// Its build for Node first asks Bilibili where a room is; that for browsers takes an address.
globalThis.WebSocket = WebSocket;
const { KeepLiveWS, toMessageData } = await import('tiny-bilibili-ws/browser');

const { HOST = '127.0.0.1', PORT, ROOM, TOKEN, OPERATOR_KEY } = process.env;
const http = `http://${HOST}:${PORT}`;
const address = `ws://${HOST}:${PORT}/sub`;
const room = Number(ROOM);
const WAIT_MS = 10_000;

async function post(path, token, body) {
  const response = await fetch(http + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
      'hongbao-cause': 'test',
    },
    body: JSON.stringify(body),
  });
  assert.ok(response.ok, `${path}: ${response.status} ${await response.clone().text()}`);
}

function once(what, emitter, event) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what}: no ${event}`)), WAIT_MS);
    emitter.once(event, (data) => {
      clearTimeout(timer);
      resolve(data);
    });
  });
}

const data = (message) => toMessageData(message);
const plain = (message) => message;
const clients = [
  ...[1, 2, 3].map((protover) => ({
    name: `bilibili-live-ws by WebSocket, protover ${protover}`,
    live: new bilibili.LiveWS(room, { address, protover, uid: 0 }),
    read: plain,
  })),
  ...[1, 2, 3].map((protover) => ({
    name: `bilibili-live-ws by TCP, protover ${protover}`,
    live: new bilibili.LiveTCP(room, { host: HOST, port: Number(PORT), protover, uid: 0 }),
    read: plain,
  })),
  ...[2, 3].map((protover) => ({
    name: `tiny-bilibili-ws, protover ${protover}`,
    live: new KeepLiveWS(room, {
      host: HOST,
      port: Number(PORT),
      path: 'sub',
      ssl: false,
      protover,
      key: 'none',
      uid: 0,
      keepalive: false,
    }),
    read: data,
  })),
];

await Promise.all(clients.map(({ name, live }) => once(name, live, 'live')));
for (const { name, live } of clients) {
  const watching = await live.getOnline();
  assert.equal(watching, clients.length, `${name}: popularity`);
}

const seen = clients.map(({ name, live }) =>
  Promise.all([
    once(name, live, 'DANMU_MSG'),
    once(name, live, 'POPULARITY_RED_POCKET_START'),
    once(name, live, 'SEND_GIFT'),
  ]),
);
await post(`/v1/rooms/${room}/danmaku`, TOKEN, { text: '你好 "world"' });
await post('/v1/red-packets', TOKEN, {
  kind: 'lucky',
  total: { asset: 'CNY', amount: 1000 },
  count: 2,
  audience: { room_id: ROOM },
});
await post(`/v1/rooms/${room}/gifts`, OPERATOR_KEY, JSON.parse(process.env.GIFT));

for (const [index, { name, live, read }] of clients.entries()) {
  const [danmu, packet, gift] = (await seen[index]).map(read);
  assert.equal(danmu.info[1], '你好 "world"', name);
  assert.equal(typeof danmu.info[2][0], 'number', name);
  assert.match(packet.data.lot_id, /^\d{19}$/, name);
  assert.equal(packet.data.total_price, 1000, name);
  assert.equal(gift.data.num, 3, name);
  console.log(`${name}: danmaku, red packet, gift, popularity`);
  live.close();
}
process.exit(0);
