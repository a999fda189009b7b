// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
//
// hongbao.js, as the server hands it out, against that server, through a door with faults: see
// FaultyProxy.java. Variables: URL, PROXY, OPERATOR_KEY.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import test from 'node:test';

const { URL: url, PROXY: proxy, OPERATOR_KEY: key } = process.env;
const source = await fetch(`${url}/client/hongbao.js`);
assert.equal(source.headers.get('content-type'), 'text/javascript; charset=utf-8');
writeFileSync('hongbao.mjs', await source.text());
const { Hongbao, HongbaoError, OutcomeUnknownError } = await import(pathToFileURL('hongbao.mjs'));

const ROOM = '7100';
const operator = new Hongbao({ url, token: key, headers: { 'Hongbao-Cause': 'test' } });
await operator.post('/v1/operator/rooms', { room_id: ROOM, public: true });
let nextUser = 61_001;

/** Tokens of new users with 100.00 each. */
async function users(count) {
  const first = nextUser;
  nextUser += count;
  const body = { count, first_user_id: String(first), fund: { asset: 'CNY', amount: 10_000 } };
  return (await operator.post('/v1/sandbox/users', body)).body.tokens.map((one) => one.token);
}

const PACKET = {
  kind: 'equal',
  total: { asset: 'CNY', amount: 1_000 },
  count: 2,
  audience: { room_id: ROOM },
};

async function balance(token) {
  return (await new Hongbao({ url, token }).balances())[0].balance;
}

function behindFaults(token, plan, more = {}) {
  return new Hongbao({ url: proxy, token, headers: { 'X-Fault': plan }, ...more });
}

for (const plan of ['lose', 'cut', 'half', 'junk', 'busy', 'cut,lose,half,junk,busy,lose']) {
  test(`a send that meets ${plan} is carried out once`, async () => {
    const [sender] = await users(1);
    const sent = await behindFaults(sender, `send ${plan}:${plan}`).send(PACKET);

    assert.match(sent.id, /^\d{19}$/);
    assert.equal(await balance(sender), 9_000);
    const { body } = await new Hongbao({ url, token: sender }).get('/v1/red-packets/sent');
    assert.ok(body.items.length <= 1);
  });
}

test('an answer that was lost is told to be a repeat', async () => {
  const [sender] = await users(1);
  const reply = await behindFaults(sender, 'told:lose').post('/v1/red-packets', PACKET);

  assert.equal(reply.replayed, true);
  assert.match(reply.position, /^\d+:\d+$/);
});

test('a refusal that would stay is told at once', async () => {
  const [sender] = await users(1);
  let calls = 0;
  const counting = (...args) => {
    calls++;
    return fetch(...args);
  };
  const me = new Hongbao({ url, token: sender, fetch: counting });
  const rich = { ...PACKET, total: { asset: 'CNY', amount: 20_000 } };

  await assert.rejects(me.send(rich), (error) => {
    assert.ok(error instanceof HongbaoError);
    assert.equal(error.code, 'insufficient_funds');
    assert.equal(error.status, 409);
    assert.equal(error.retry, 'never');
    assert.match(error.requestId, /./);
    return true;
  });
  assert.equal(calls, 1);
});

test('does not come again before the time that it was told', async () => {
  const [sender] = await users(1);
  const startMs = Date.now();

  await behindFaults(sender, 'wait:busy').balances();

  assert.ok(Date.now() - startMs >= 295);
});

test('when nothing is heard the outcome is unknown, and the key finds out', async () => {
  const [sender] = await users(1);
  const deaf = behindFaults(sender, `deaf:${'lose,'.repeat(50)}lose`, { patienceMs: 300 });
  let kept;
  await assert.rejects(deaf.send(PACKET), (error) => {
    assert.ok(error instanceof OutcomeUnknownError);
    kept = error.key;
    return true;
  });

  const me = new Hongbao({ url, token: sender });
  const reply = await me.post('/v1/red-packets', PACKET, { key: kept });

  assert.equal(reply.replayed, true);
  assert.equal(await balance(sender), 9_000);
});

test('many who notice that a token has ended fetch one new token', async () => {
  const [good] = await users(1);
  let fetched = 0;
  const me = new Hongbao({
    url,
    token: 'hb_ended',
    refresh: async (stale) => {
      fetched++;
      assert.equal(stale, 'hb_ended');
      await new Promise((done) => setTimeout(done, 20));
      return good;
    },
  });

  const all = await Promise.all(Array.from({ length: 12 }, () => me.balances()));

  assert.equal(fetched, 1);
  assert.ok(all.every((balances) => balances[0].balance === 10_000));
});

test('without a way to fetch a token its end is told', async () => {
  const me = new Hongbao({ url, token: 'hb_ended' });

  await assert.rejects(me.balances(), { code: 'unauthenticated', status: 401 });
});

test('a share is the same one however often it is asked for', async () => {
  const [sender, opener] = await users(2);
  const { id } = await new Hongbao({ url, token: sender }).send(PACKET);

  const first = await behindFaults(opener, 'share:lose,cut').open(id);
  const again = await new Hongbao({ url, token: opener }).open(id);

  assert.equal(first.amount.amount, 500);
  assert.deepEqual(again.amount, first.amount);
  assert.equal(again.place, first.place);
});

test('pages of a list are walked through', async () => {
  const [sender] = await users(1);
  const me = new Hongbao({ url, token: sender });
  const ids = [];
  let position;
  for (let i = 0; i < 5; i++) {
    const reply = await me.post('/v1/red-packets', PACKET);
    ids.push(reply.body.id);
    position = reply.position;
  }

  const listed = [];
  const query = { limit: 2, min_position: position };
  for await (const one of me.items('/v1/red-packets/sent', { query })) {
    listed.push(one.id);
  }

  assert.deepEqual(listed, ids.reverse());
});

test('a call that is given up ends at once', async () => {
  const [sender] = await users(1);
  const stop = new AbortController();
  const call = behindFaults(sender, `never:${'cut,'.repeat(99)}cut`).request('GET', '/v1/time', {
    signal: stop.signal,
  });
  setTimeout(() => stop.abort(new Error('enough')), 50);

  await assert.rejects(call, /enough/);
});

for (const stream of [true, false]) {
  test(`events come once each over cuts, ${stream ? 'as a stream' : 'page by page'}`, async () => {
    const [sender, opener] = await users(2);
    const stop = new AbortController();
    const plan = `events ${stream}:first-2500,cut,first-1700,lose`;
    const watcher = behindFaults(key, plan);
    const types = 'red_packet.opened';
    const latest = (await operator.get('/v1/events', { query: { after: 'latest' } })).body;
    const ids = [];
    const sending = (async () => {
      for (let i = 0; i < 8; i++) {
        const { id } = await new Hongbao({ url, token: sender }).send(PACKET);
        await new Hongbao({ url, token: opener }).open(id);
        ids.push(id);
      }
    })();
    if (!stream) {
      await sending;
    }

    const seen = [];
    const after = latest.next_cursor;
    for await (const event of watcher.events({ after, types, stream, signal: stop.signal })) {
      seen.push(event.subject.id);
      if (seen.length === 8) {
        break;
      }
    }
    stop.abort();
    await sending;

    assert.deepEqual([...seen].sort(), ids.sort());
  });
}

/** Registers somebody, as seeding does. */
async function person(name) {
  const phone = `+9991${String(Date.now()).slice(-9)}`;
  const anybody = new Hongbao({ url });
  await anybody.post('/v1/auth/sms-codes', { phone, purpose: 'register' });
  const { body } = await operator.get('/v1/sandbox/sms-messages', { query: { phone } });
  const { code } = body.items[0];
  const password = 'correct horse battery';
  await anybody.post('/v1/users', { user_name: name, password, phone, code });
  return password;
}

test('a session is renewed when its access token has ended, once for all calls', async () => {
  const password = await person('anna');
  const sessions = [];
  const anna = new Hongbao({ url, onSession: (session) => sessions.push(session) });
  const first = await anna.login('anna', password, 'test');
  const user = await anna.get('/v1/users/me');
  assert.equal(user.body.user_id, first.user_id);

  // Refreshed while two calls are under way with a token that is not good any more.
  anna.token = 'hb_ended';
  await Promise.all([anna.get('/v1/users/me'), anna.balances(), anna.get('/v1/users/me')]);

  assert.equal(sessions.length, 2);
  assert.notEqual(sessions[1].refresh_token, sessions[0].refresh_token);
  const end = anna.token;
  await anna.logout();
  await assert.rejects(new Hongbao({ url, token: end }).balances(), { code: 'unauthenticated' });
});

test('a renewal whose answer is lost is repeated, and the session lives', async () => {
  const password = await person('berta');
  const berta = new Hongbao({ url });
  await berta.login('berta', password);
  const behind = behindFaults('hb_ended', 'renew:pass,lose', { refreshToken: berta.refreshToken });

  assert.equal((await behind.get('/v1/users/me')).body.user_name, 'berta');
  assert.equal((await behind.get('/v1/users/me')).body.user_name, 'berta');
});

// Last, since the clock is everybody's.
test('keys have the time of the server, not of this machine', async () => {
  const [sender] = await users(1);
  const me = new Hongbao({ url, token: sender });
  assert.match(me.newKey(), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  await operator.post('/v1/sandbox/clock/advance', { by_ms: 4 * 86_400_000 });

  const sent = await me.send(PACKET);

  assert.match(sent.id, /^\d{19}$/);
  assert.ok(me.clockOffsetMs > 3 * 86_400_000);
});
