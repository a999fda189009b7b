// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// People log in by password, look who they are, get the next pair of tokens (twice with the same
// refresh token, as a client does that lost the answer), and log out; then the tokens are worth
// nothing. The people are those that "hongbao seed" gave names and passwords. Options: README.md.
import http from 'k6/http';
import exec from 'k6/execution';
import { check } from 'k6';
import { SharedArray } from 'k6/data';
import { Counter } from 'k6/metrics';

const FILE = __ENV.TOKENS || 'tokens.json';
const logins = new SharedArray('logins', () => JSON.parse(open(FILE)).logins || []);
const seeded = new SharedArray('seeded', () => [{ url: JSON.parse(open(FILE)).url }])[0];
const URL = (__ENV.URL || seeded.url).replace(/\/$/, '');
const VUS = Number(__ENV.VUS || 50);

const done = new Counter('logins_done');
const wait = new Counter('told_to_wait');

if (logins.length === 0) {
  throw new Error(`${FILE} has nobody with a password: seed some (hongbao seed --logins 10)`);
}

export const options = {
  scenarios: {
    login: {
      executor: 'constant-arrival-rate',
      rate: Number(__ENV.RATE || 5),
      timeUnit: '1s',
      duration: __ENV.DURATION || '30s',
      preAllocatedVUs: VUS,
      maxVUs: 4 * VUS,
    },
  },
  thresholds: {
    checks: ['rate==1'],
    http_req_failed: ['rate<0.001'],
    // A password is slow to check on purpose.
    http_req_duration: [`p(99)<${Number(__ENV.P99_MS || 1000)}`],
    logins_done: ['count>0'],
  },
};

// 401 is what we want to hear after the log-out.
http.setResponseCallback(http.expectedStatuses(200, 401));

function post(path, body, token, name) {
  const headers = { 'Content-Type': 'application/json' };
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  const text = body === null ? null : JSON.stringify(body);
  return http.post(`${URL}${path}`, text, { headers, tags: { name } });
}

function me(token) {
  const params = { headers: { Authorization: `Bearer ${token}` }, tags: { name: 'me' } };
  return http.get(`${URL}/v1/users/me`, params);
}

export default function () {
  const who = logins[exec.scenario.iterationInTest % logins.length];
  const login = post(
    '/v1/auth/login',
    { user_name: who.user_name, password: who.password, device: 'k6' },
    null,
    'login',
  );
  if (login.status === 503 || login.status === 429) {
    wait.add(1);
    return;
  }
  if (!check(login, { 'logged in': (r) => r.status === 200 })) {
    return;
  }
  check(me(login.json('access_token')), {
    'is who logged in': (r) => r.status === 200 && r.json('user_name') === who.user_name,
  });

  const old = { refresh_token: login.json('refresh_token') };
  const next = post('/v1/auth/refresh', old, null, 'refresh');
  const again = post('/v1/auth/refresh', old, null, 'refresh again');
  check(next, { 'a new pair': (r) => r.status === 200 });
  check(again, {
    'the same pair again': (r) =>
      r.status === 200 && r.json('access_token') === next.json('access_token'),
  });

  const token = next.json('access_token');
  check(post('/v1/auth/logout', null, token, 'logout'), {
    'logged out': (r) => r.status === 200,
  });
  check(me(token), { 'the token is worth nothing now': (r) => r.status === 401 });
  done.add(1);
}
