// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// Readers join a room by WebSocket and stay for a while; now and then one of them says something over
// HTTP. Beside the time from saying to reading it checks what must hold at any speed: frames follow
// each other without a gap, and each accounts for every sequence that it speaks of. Options:
// README.md.
import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';
import { SharedArray } from 'k6/data';
import { Counter, Trend } from 'k6/metrics';
import { WebSocket } from 'k6/websockets';

const FILE = __ENV.TOKENS || 'tokens.json';
const users = new SharedArray('users', () => JSON.parse(open(FILE)).users);
const seeded = new SharedArray('seeded', () => {
  const content = JSON.parse(open(FILE));
  return [{ url: content.url, room_id: content.room_id }];
})[0];
const URL = (__ENV.URL || seeded.url).replace(/\/$/, '');
const ROOM = __ENV.ROOM || seeded.room_id;
const STAY_MS = 1000 * Number(__ENV.STAY_S || 20);
const SAY_EVERY_MS = Number(__ENV.SAY_EVERY_MS || 5000);
const SAYING = Number(__ENV.SAYING || 10);
const DENSITY = __ENV.DENSITY || 'full';

const received = new Counter('entries_received');
const leftOut = new Counter('entries_left_out');
const lag = new Trend('say_to_read', true);
const PREFIX = 'k6 ';

export const options = {
  scenarios: {
    rooms: {
      executor: 'per-vu-iterations',
      vus: Number(__ENV.VUS || 100),
      iterations: Number(__ENV.ITERATIONS || 1),
      maxDuration: __ENV.DURATION || '2m',
    },
  },
  thresholds: {
    checks: ['rate==1'],
    entries_received: ['count>0'],
    say_to_read: [`p(99)<${Number(__ENV.P99_MS || 100)}`],
  },
};

function headers(token) {
  return {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    'Idempotency-Key': `${exec.vu.idInTest}-${Date.now()}-${Math.random()}`,
  };
}

function say(token) {
  const answer = http.post(
    `${URL}/v1/rooms/${ROOM}/danmaku`,
    JSON.stringify({ text: PREFIX + Date.now() }),
    { headers: headers(token), tags: { name: 'say' } },
  );
  // Slow mode and rates say "later"; that is no failure.
  check(answer, { 'said or told to wait': (r) => [200, 201, 202, 429, 503].includes(r.status) });
}

function account(frame) {
  const shown = frame.items.reduce((sum, item) => sum + (item.times || 1), 0);
  const lost = (frame.left_out || []).reduce((sum, range) => sum + range.count, 0);
  received.add(shown);
  leftOut.add(lost);
  for (const item of frame.items) {
    if (item.kind === 'chat' && item.text && item.text.startsWith(PREFIX)) {
      lag.add(Date.now() - Number(item.text.slice(PREFIX.length)));
    }
  }
  return shown + lost === frame.to - frame.from + 1;
}

export default function () {
  const token = users[exec.vu.idInTest % users.length].token;
  const socket = new WebSocket(`${URL.replace(/^http/, 'ws')}/v1/rooms/ws`, ['hongbao.v1'], {
    headers: { Authorization: `Bearer ${token}` },
  });
  let last = -1;
  let timer;
  socket.addEventListener('open', () => {
    socket.send(JSON.stringify({ op: 'join', room: ROOM, density: DENSITY }));
    if (exec.vu.idInTest % SAYING === 0) {
      timer = setInterval(() => say(token), SAY_EVERY_MS);
    }
    setTimeout(() => {
      clearInterval(timer);
      socket.close();
    }, STAY_MS);
  });
  socket.addEventListener('message', ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.op === 'joined') {
      last = frame.sequence;
    } else if (frame.op === 'entries') {
      check(frame, {
        'frames follow each other': (f) => f.from === last + 1,
        'a frame accounts for all': account,
      });
      last = frame.to;
    } else if (frame.op === 'error') {
      check(frame, { [`no ${frame.code}`]: () => false });
    }
  });
  socket.addEventListener('error', (event) => {
    clearInterval(timer);
    check(event, { 'no failed connection': () => false });
  });
}
