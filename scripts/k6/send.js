// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// Every user sends packets into the seeded room. One send in ten is repeated with the same key, as
// a client does that lost the answer, and must then hear of the same packet. Options: README.md.
import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';
import { SharedArray } from 'k6/data';
import { Counter } from 'k6/metrics';

const FILE = __ENV.TOKENS || 'tokens.json';
// Parsed once for all virtual users; the small part by each of them.
const users = new SharedArray('users', () => JSON.parse(open(FILE)).users);
const seeded = new SharedArray('seeded', () => {
  const content = JSON.parse(open(FILE));
  return [{ url: content.url, room_id: content.room_id, asset: content.asset }];
})[0];
const URL = (__ENV.URL || seeded.url).replace(/\/$/, '');
const VUS = Number(__ENV.VUS || 50);
const SHARES = Number(__ENV.SHARES || 10);

const sent = new Counter('packets_sent');
const late = new Counter('packets_accepted_not_created_yet');
const wait = new Counter('told_to_wait');

export const options = {
  scenarios: {
    send: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE || 200),
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
    packets_sent: ['count>0'],
  },
};

// 409 is business: somebody has spent all.
http.setResponseCallback(http.expectedStatuses(201, 202, 409));

export function setup() {
  // Apart from all earlier runs, since a key used before is a repeat.
  return { run: `k6-${Date.now()}` };
}

export default function (data) {
  const number = exec.scenario.iterationInTest;
  const user = users[number % users.length];
  const body = JSON.stringify({
    kind: 'lucky',
    total: { asset: seeded.asset, amount: 100 * SHARES },
    count: SHARES,
    audience: { room_id: seeded.room_id },
  });
  const params = {
    headers: {
      Authorization: `Bearer ${user.token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `${data.run}-${number}`,
    },
    tags: { name: 'send' },
  };
  const answer = http.post(`${URL}/v1/red-packets`, body, params);
  if (answer.status === 503 || answer.status === 429) {
    wait.add(1);
    return;
  }
  check(answer, {
    'sent, accepted, or no money left': (r) =>
      r.status === 201 || r.status === 202 || r.json('code') === 'insufficient_funds',
  });
  if (answer.status >= 300) {
    return;
  }
  sent.add(1);
  if (answer.status === 202) {
    late.add(1);
  }
  if (number % 10 === 0) {
    const again = http.post(`${URL}/v1/red-packets`, body, params);
    check(again, {
      'the same key gives the same packet': (r) =>
        (r.status === 201 || r.status === 202) &&
        r.json('id') === answer.json('id') &&
        r.headers['Idempotent-Replayed'] === 'true',
    });
  }
}
