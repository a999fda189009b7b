// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// An evening: people look at their balances, their lists and at packets, grab, open, and send now
// and then. Of a hundred: 30 balances, 20 details, 15 grabs, 20 opens, 10 lists, 5 sends.
// Options: README.md.
import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';
import { SharedArray } from 'k6/data';
import { Counter, Trend } from 'k6/metrics';

const FILE = __ENV.TOKENS || 'tokens.json';
const users = new SharedArray('users', () => JSON.parse(open(FILE)).users);
const seeded = new SharedArray('seeded', () => {
  const content = JSON.parse(open(FILE));
  return [{ url: content.url, room_id: content.room_id, asset: content.asset }];
})[0];
const URL = (__ENV.URL || seeded.url).replace(/\/$/, '');
const VUS = Number(__ENV.VUS || 50);
const SHARES = Number(__ENV.SHARES || 10);
const P99_MS = Number(__ENV.P99_MS || 500);

/** Packets that a virtual user knows of; others forget theirs as well. */
const KNOWN_MAX = 50;

const shares = new Counter('shares_opened');
const wait = new Counter('told_to_wait');
const lists = new Trend('list_duration', true);

export const options = {
  scenarios: {
    mixed: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE || 300),
      timeUnit: '1s',
      duration: __ENV.DURATION || '30s',
      preAllocatedVUs: VUS,
      maxVUs: 4 * VUS,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate<0.001'],
    http_req_duration: [`p(99)<${P99_MS}`],
    // Lists come from the read model, which others may keep busy.
    list_duration: [`p(99)<${2 * P99_MS}`],
  },
};

// 409: all reserved, or no money; 410: the packet is empty.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 202 }, 409, 410));

const known = [];

export function setup() {
  const run = `k6-${Date.now()}`;
  const packets = [];
  for (let i = 0; i < 10; i++) {
    const id = send(users[i % users.length], `${run}-setup-${i}`);
    if (id !== null) {
      packets.push(id);
    }
  }
  return { run, packets };
}

function params(user, name, key) {
  const headers = { Authorization: `Bearer ${user.token}`, 'Content-Type': 'application/json' };
  if (key) {
    headers['Idempotency-Key'] = key;
  }
  return { headers, tags: { name } };
}

function send(sender, key) {
  const body = JSON.stringify({
    kind: 'lucky',
    total: { asset: seeded.asset, amount: 100 * SHARES },
    count: SHARES,
    audience: { room_id: seeded.room_id },
    grab_mode: 'reserve',
  });
  const answer = http.post(`${URL}/v1/red-packets`, body, params(sender, 'send', key));
  judge(answer, 'sent, accepted, or no money left', [201, 202], ['insufficient_funds']);
  return answer.status === 201 ? answer.json('id') : null;
}

function judge(answer, what, statuses, codes) {
  if (answer.status === 503 || answer.status === 429) {
    wait.add(1);
    return false;
  }
  check(answer, {
    [what]: (r) => statuses.includes(r.status) || codes.includes(r.json('code')),
  });
  return statuses.includes(answer.status);
}

function anyPacket(data) {
  const ours = known.length > 0 && Math.random() < 0.8 ? known : data.packets;
  return ours.length === 0 ? null : ours[Math.floor(Math.random() * ours.length)];
}

function remember(id) {
  if (id !== null) {
    known.push(id);
    if (known.length > KNOWN_MAX) {
      known.shift();
    }
  }
}

export default function (data) {
  const number = exec.scenario.iterationInTest;
  const user = users[Math.floor(Math.random() * users.length)];
  const id = anyPacket(data);
  const dice = number % 100;
  if (dice < 5 || id === null) {
    remember(send(user, `${data.run}-${number}`));
  } else if (dice < 35) {
    const answer = http.get(`${URL}/v1/accounts/me`, params(user, 'balance'));
    judge(answer, 'balances', [200], []);
  } else if (dice < 55) {
    const answer = http.get(`${URL}/v1/red-packets/${id}`, params(user, 'details'));
    judge(answer, 'details', [200], []);
  } else if (dice < 70) {
    const answer = http.post(`${URL}/v1/red-packets/${id}/grab`, null, params(user, 'grab'));
    judge(answer, 'grabbed, or too late', [200], ['empty', 'all_reserved']);
  } else if (dice < 90) {
    const answer = http.post(`${URL}/v1/red-packets/${id}/open`, null, params(user, 'open'));
    if (judge(answer, 'opened, or too late', [200], ['empty', 'all_reserved'])) {
      shares.add(1);
    }
  } else {
    const path =
      dice < 95 ? 'red-packets/received?' : `accounts/me/statement?asset=${seeded.asset}&`;
    const answer = http.get(`${URL}/v1/${path}limit=20`, params(user, 'list'));
    lists.add(answer.timings.duration);
    judge(answer, 'a page of a list', [200], []);
  }
}
