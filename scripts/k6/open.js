// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// A packet, and OPENERS users who reach for it at once; then its details are added up. Never more
// shares than promised, never one too much for a user, and all of them together the total exactly.
// Options: README.md.
import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';
import { SharedArray } from 'k6/data';
import { Counter } from 'k6/metrics';

const FILE = __ENV.TOKENS || 'tokens.json';
const users = new SharedArray('users', () => JSON.parse(open(FILE)).users);
const seeded = new SharedArray('seeded', () => {
  const content = JSON.parse(open(FILE));
  return [{ url: content.url, room_id: content.room_id, asset: content.asset }];
})[0];
const URL = (__ENV.URL || seeded.url).replace(/\/$/, '');
const VUS = Number(__ENV.VUS || 50);
const OPENERS = Number(__ENV.OPENERS || 20);
const SHARES = Number(__ENV.SHARES || 10);
const TOTAL = 100 * SHARES;

const shares = new Counter('shares_opened');
const empties = new Counter('came_too_late');
const wait = new Counter('told_to_wait');

export const options = {
  // k6 sends a batch six at a time to one host unless told otherwise.
  batch: OPENERS,
  batchPerHost: OPENERS,
  scenarios: {
    open: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE || 20),
      timeUnit: '1s',
      duration: __ENV.DURATION || '30s',
      preAllocatedVUs: VUS,
      maxVUs: 4 * VUS,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate<0.001'],
    http_req_duration: [`p(99)<${Number(__ENV.P99_MS || 500)}`],
    shares_opened: ['count>0'],
  },
};

// 409: no money for a packet; 410: the packet is empty.
http.setResponseCallback(http.expectedStatuses({ min: 200, max: 202 }, 409, 410));

export function setup() {
  return { run: `k6-${Date.now()}` };
}

function params(user, name, key) {
  const headers = { Authorization: `Bearer ${user.token}`, 'Content-Type': 'application/json' };
  if (key) {
    headers['Idempotency-Key'] = key;
  }
  return { headers, tags: { name } };
}

function isWait(answer) {
  if (answer.status === 503 || answer.status === 429) {
    wait.add(1);
    return true;
  }
  return false;
}

function send(sender, key) {
  const body = JSON.stringify({
    kind: 'lucky',
    total: { asset: seeded.asset, amount: TOTAL },
    count: SHARES,
    audience: { room_id: seeded.room_id },
  });
  const answer = http.post(`${URL}/v1/red-packets`, body, params(sender, 'send', key));
  return answer.status === 201 ? answer.json('id') : null;
}

export default function (data) {
  const number = exec.scenario.iterationInTest;
  const first = (number * (OPENERS + 1)) % users.length;
  const sender = users[first];
  const id = send(sender, `${data.run}-${number}`);
  if (id === null) {
    return;
  }
  const openers = [];
  for (let i = 1; i <= Math.min(OPENERS, users.length - 1); i++) {
    openers.push(users[(first + i) % users.length]);
  }

  const answers = http.batch(
    openers.map((user) => ({
      method: 'POST',
      url: `${URL}/v1/red-packets/${id}/open`,
      params: params(user, 'open'),
    })),
  );

  let opened = 0;
  let sum = 0;
  let waiting = 0;
  for (const answer of answers) {
    if (isWait(answer)) {
      waiting++;
      continue;
    }
    check(answer, {
      'a share, or too late': (r) => r.status === 200 || r.json('code') === 'empty',
    });
    if (answer.status === 200) {
      opened++;
      sum += answer.json('amount.amount');
    } else {
      empties.add(1);
    }
  }
  shares.add(opened);
  check(null, {
    'as many shares as promised': () =>
      opened === Math.min(SHARES, openers.length) || (waiting > 0 && opened <= SHARES),
    'together the total': () => (opened === SHARES ? sum === TOTAL : sum < TOTAL),
  });

  // Asking again never gives a second share: the same one, in the same amount.
  const lucky = answers.findIndex((answer) => answer.status === 200);
  if (lucky >= 0) {
    const again = http.post(
      `${URL}/v1/red-packets/${id}/open`, null, params(openers[lucky], 'open again'));
    check(again, {
      'the same share again': (r) =>
        r.status === 503 || r.json('amount.amount') === answers[lucky].json('amount.amount'),
    });
  }
}
