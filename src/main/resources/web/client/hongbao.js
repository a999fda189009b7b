// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
//
// A client of Hongbao's HTTP API for browsers and Node 18 or newer. No dependency, no build step:
//
//   import { Hongbao } from 'http://localhost:8080/client/hongbao.js';
//   const me = new Hongbao({ url: 'http://localhost:8080', token });
//   const packet = await me.send({ kind: 'lucky', total: { asset: 'CNY', amount: 1000 }, count: 5,
//     audience: { room_id: '88001' } });
//   const share = await other.open(packet.id);
//
// What it does for you: every POST has an idempotency key and every repeat of it the same; what was
// lost on the way or is to come later is repeated with growing pauses; a token that has ended is
// replaced once, however many calls notice; streams go on where they were cut.

// Node 18 has it in a module only.
const chance = globalThis.crypto ?? (await import('node:crypto')).webcrypto;

/** The first pause before a repeat; doubled each time. */
const PAUSE_MS_MIN = 50;
const PAUSE_MS_MAX = 2_000;

/** No attempt is waited for longer; above the 25 s that the server keeps a waiting read. */
const ATTEMPT_MS_MAX = 35_000;

/** A stream says every 15 s that it is alive; twice missed and a bit is dead. */
const SILENCE_MS_MAX = 40_000;

/** How often a room's connection is asked for a sign of life; twice missed and it is dead. */
const ROOM_PING_MS = 15_000;

/** After "too many connections"; and closes that only a better client would not meet again. */
const TOO_MANY_MS = 60_000;
const OUR_FAULT = new Set([1002, 1003, 1007, 1009]);

/** Ids kept to tell an event that comes again after a cut. */
const SEEN_MAX = 2_000;

/**
 * The server's refusal. Decide by `code`, never by the texts.
 */
export class HongbaoError extends Error {
  /**
   * @param {number} status HTTP status
   * @param {Record<string, any>} problem the problem document
   */
  constructor(status, problem) {
    super(`${status} ${problem.code ?? 'unknown'}: ${problem.detail ?? problem.title ?? ''}`);
    this.name = 'HongbaoError';
    /** HTTP status. @type {number} */
    this.status = status;
    /** Name of the refusal, such as `insufficient_funds`; see /docs/errors. @type {string} */
    this.code = problem.code ?? 'unknown';
    /** What helps. @type {'never' | 'same_key' | 'after'} */
    this.retry = problem.retry ?? (status >= 500 ? 'same_key' : 'never');
    /** How long to wait, with `after`; milliseconds. @type {number} */
    this.retryAfterMs = problem.retry_after_ms ?? 0;
    /** Id under which the server's log has the call. @type {string} */
    this.requestId = problem.request_id ?? '';
    /** The whole document. @type {Record<string, any>} */
    this.problem = problem;
  }
}

/**
 * Nothing was heard until patience was over. Whether a POST was carried out is unknown; a call with
 * the same `key` finds out.
 */
export class OutcomeUnknownError extends Error {
  /**
   * @param {string} what the call
   * @param {string | undefined} key its idempotency key
   * @param {unknown} cause what the last attempt met
   */
  constructor(what, key, cause) {
    super(`${what}: no answer; the outcome is unknown`, { cause });
    this.name = 'OutcomeUnknownError';
    /** @type {string | undefined} */
    this.key = key;
  }
}

/**
 * @typedef {object} Options
 * @property {string} url base address of the server; '' for the page's own
 * @property {string} [token] a user's token, or a key
 * @property {string} [userId] with a backend's key: the user to act for
 * @property {string} [refreshToken] of a login: when the access token has ended, the client fetches
 *   the next pair
 * @property {(session: any) => void} [onSession] told of each pair, to keep it over a reload
 * @property {any} [WebSocket] for Node before 22, which has none of its own
 * @property {(stale: string | undefined) => Promise<string>} [refresh] makes a new token when the
 *   server no longer takes the old one; never called twice at a time
 * @property {number} [patienceMs] no further attempt begins after this; 30,000 unless set
 * @property {Record<string, string>} [headers] sent with every call
 * @property {typeof fetch} [fetch] instead of the platform's
 *
 * @typedef {object} CallOptions
 * @property {unknown} [body] sent as JSON
 * @property {Record<string, string | number | undefined>} [query]
 * @property {string} [key] the caller's idempotency key, such as one kept since an earlier start
 * @property {Record<string, string>} [headers]
 * @property {AbortSignal} [signal] ends the call and its repeats
 *
 * @typedef {object} Reply
 * @property {number} status
 * @property {any} body
 * @property {string} position where the change stands; for a list's `min_position`
 * @property {boolean} replayed whether an earlier call under the same key had done it already
 */

/** A client; as many as you like share a page. */
export class Hongbao {
  /** @param {Options} options */
  constructor(options) {
    this.options = { patienceMs: 30_000, ...options };
    this.url = (options.url ?? '').replace(/\/$/, '');
    this.token = options.token;
    this.refreshToken = options.refreshToken;
    /** @type {Promise<string> | undefined} */
    this.refreshing = undefined;
    this.clockOffsetMs = 0;
  }

  /**
   * The same for another user, with a backend's key.
   * @param {string} userId
   */
  actingFor(userId) {
    return new Hongbao({ ...this.options, token: this.token, userId });
  }

  /**
   * Logs in by password; the client has the session's tokens from then on, and renews them.
   * @param {string} userName
   * @param {string} password
   * @param {string} [device] what the user calls it, for the list of sessions
   */
  async login(userName, password, device) {
    const body = { user_name: userName, password, device };
    return this.#begin((await this.#anybody().post('/v1/auth/login', body)).body);
  }

  /** Logs out on this device. */
  async logout() {
    await this.post('/v1/auth/logout');
    this.token = undefined;
    this.refreshToken = undefined;
  }

  #begin(session) {
    this.token = session.access_token;
    this.refreshToken = session.refresh_token;
    this.options.onSession?.(session);
    return session;
  }

  // For calls that nobody's token may spoil.
  #anybody() {
    const { fetch, headers, patienceMs } = this.options;
    return new Hongbao({ url: this.url, fetch, headers, patienceMs });
  }

  // Calls of the API.

  /** Own balances. @param {CallOptions} [options] */
  async balances(options) {
    return (await this.get('/v1/accounts/me', options)).body.balances;
  }

  /**
   * Sends a packet, or orders one that a provider pays.
   * @param {Record<string, any>} packet see POST /v1/red-packets
   * @param {CallOptions} [options]
   */
  async send(packet, options) {
    return (await this.post('/v1/red-packets', packet, options)).body;
  }

  /** Keeps a share for some seconds. @param {string} id @param {string} [claimCode] */
  async grab(id, claimCode) {
    return (await this.post(`/v1/red-packets/${id}/grab`, claim(claimCode))).body;
  }

  /** Draws a share; again, it is the same one. @param {string} id @param {string} [claimCode] */
  async open(id, claimCode) {
    return (await this.post(`/v1/red-packets/${id}/open`, claim(claimCode))).body;
  }

  /** Details. @param {string} id @param {string} [claimCode] */
  async packet(id, claimCode) {
    const headers = claimCode ? { 'Hongbao-Claim-Code': claimCode } : undefined;
    return (await this.get(`/v1/red-packets/${id}`, { headers })).body;
  }

  /**
   * Entries of a list, page by page: `for await (const one of me.items('/v1/red-packets/received'))`.
   * @param {string} path
   * @param {CallOptions} [options] with the list's own parameters as `query`
   * @returns {AsyncGenerator<any>}
   */
  async *items(path, options = {}) {
    let cursor;
    do {
      const { body } = await this.get(path, { ...options, query: { ...options.query, cursor } });
      yield* body.items;
      cursor = body.next_cursor;
    } while (cursor !== undefined);
  }

  /**
   * Everything that happens, for service keys; never ends by itself, and goes on after cuts where it
   * was. Each event comes once (as far as the last 2,000 tell), with its `cursor`.
   * @param {{ after?: string, types?: string, stream?: boolean, signal?: AbortSignal }} [options]
   *   `after`: a cursor, or 'latest'; without it, from the oldest kept. `stream: false` asks page by
   *   page instead, for surroundings that cannot read an answer while it comes.
   * @returns {AsyncGenerator<any>}
   */
  async *events(options = {}) {
    const { types, signal } = options;
    const seen = new Set();
    const connect = (cursor) =>
      options.stream === false
        ? this.#eventPages(cursor, types, signal)
        : this.#eventStream(cursor, types, signal);
    for await (const event of resuming(connect, options.after, signal)) {
      if (seen.has(event.id)) {
        continue;
      }
      seen.add(event.id);
      if (seen.size > SEEN_MAX) {
        seen.delete(seen.values().next().value);
      }
      yield event;
    }
  }

  async *#eventPages(after, types, signal) {
    for (let cursor = after; ; ) {
      const query = { after: cursor, types, wait_s: 20 };
      const { body } = await this.get('/v1/events', { query, signal });
      for (const event of body.items) {
        yield { cursor: event.cursor, value: event };
      }
      cursor = body.next_cursor;
      yield { cursor };
    }
  }

  async *#eventStream(after, types, signal) {
    const query = { after, types };
    const stop = new AbortController();
    const end = () => stop.abort(signal?.reason);
    signal?.addEventListener('abort', end);
    let watch = setTimeout(() => stop.abort(new Error('silence')), SILENCE_MS_MAX);
    try {
      const headers = { Accept: 'text/event-stream' };
      const answer = await this.#answer('GET', '/v1/events', { query, headers }, stop.signal);
      for await (const frame of frames(answer.body)) {
        clearTimeout(watch);
        watch = setTimeout(() => stop.abort(new Error('silence')), SILENCE_MS_MAX);
        yield frame.data === ''
          ? { cursor: frame.id }
          : { cursor: frame.id, value: { ...JSON.parse(frame.data), cursor: frame.id } };
      }
    } finally {
      clearTimeout(watch);
      signal?.removeEventListener('abort', end);
      stop.abort();
    }
  }

  /**
   * A connection to live rooms, for this client's user if it has a token.
   * @param {RoomHandlers} [handlers]
   * @returns {RoomConnection}
   */
  rooms(handlers) {
    return new RoomConnection(this, handlers);
  }

  /**
   * Says something in a room.
   * @param {string} room
   * @param {string | Record<string, any>} danmaku the text, or it with position, colour, size
   * @param {CallOptions} [options]
   */
  async say(room, danmaku, options) {
    const body = typeof danmaku === 'string' ? { text: danmaku } : danmaku;
    return (await this.post(`/v1/rooms/${room}/danmaku`, body, options)).body;
  }

  // Any call.

  /** @param {string} path @param {CallOptions} [options] @returns {Promise<Reply>} */
  get(path, options) {
    return this.request('GET', path, options);
  }

  /**
   * @param {string} path
   * @param {unknown} [body]
   * @param {CallOptions} [options]
   * @returns {Promise<Reply>}
   */
  post(path, body, options) {
    return this.request('POST', path, { ...options, body });
  }

  /**
   * Carries out a call, with the repeats that can help.
   * @param {string} method
   * @param {string} path
   * @param {CallOptions} [options]
   * @returns {Promise<Reply>}
   */
  async request(method, path, options = {}) {
    const endMs = Date.now() + this.options.patienceMs;
    let key = options.key ?? (method === 'POST' ? this.newKey() : undefined);
    let pauseMs = PAUSE_MS_MIN;
    for (let attempt = 1; ; attempt++) {
      let waitMs = pauseMs / 2 + Math.random() * (pauseMs / 2);
      pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX);
      try {
        return await this.#attempt(method, path, { ...options, key });
      } catch (failed) {
        options.signal?.throwIfAborted();
        if (!(failed instanceof HongbaoError)) {
          if (Date.now() + waitMs > endMs) {
            throw new OutcomeUnknownError(`${method} ${path}`, key, failed);
          }
        } else if (attempt === 1 && !options.key && isOfAnotherTime(failed)) {
          // Never carried out, says the server, and its clock is the one that counts.
          await this.#setClock();
          key = this.newKey();
          continue;
        } else {
          waitMs = Math.max(waitMs, failed.retryAfterMs);
          if (failed.retry === 'never' || Date.now() + waitMs > endMs) {
            throw failed;
          }
        }
      }
      await pause(waitMs, options.signal);
    }
  }

  async #attempt(method, path, options) {
    const stop = new AbortController();
    const end = () => stop.abort(options.signal?.reason);
    options.signal?.addEventListener('abort', end);
    const watch = setTimeout(() => stop.abort(new Error('no answer in time')), ATTEMPT_MS_MAX);
    try {
      options.signal?.throwIfAborted();
      const answer = await this.#answer(method, path, options, stop.signal);
      return {
        status: answer.status,
        body: await json(answer),
        position: answer.headers.get('Hongbao-Position') ?? '',
        replayed: answer.headers.get('Idempotent-Replayed') === 'true',
      };
    } finally {
      clearTimeout(watch);
      options.signal?.removeEventListener('abort', end);
    }
  }

  // One request; a second one when a new token can help.
  async #answer(method, path, options, signal) {
    const used = this.token;
    let answer = await this.#fetch(method, path, options, signal);
    if (answer.status === 401 && used !== undefined && this.#canRefresh()) {
      await answer.text();
      await this.#refresh(used);
      answer = await this.#fetch(method, path, options, signal);
    }
    if (answer.status >= 300) {
      throw new HongbaoError(answer.status, await json(answer));
    }
    return answer;
  }

  #fetch(method, path, options, signal) {
    const headers = { ...this.options.headers, ...options.headers };
    if (this.token !== undefined) {
      headers.Authorization = `Bearer ${this.token}`;
    }
    if (this.options.userId !== undefined) {
      headers['Hongbao-User'] = this.options.userId;
    }
    if (options.key !== undefined) {
      headers['Idempotency-Key'] = options.key;
    }
    const hasBody = options.body !== undefined;
    if (hasBody) {
      headers['Content-Type'] = 'application/json';
    }
    const call = this.options.fetch ?? globalThis.fetch;
    return call(this.url + path + search(options.query), {
      method,
      headers,
      body: hasBody ? JSON.stringify(options.body) : undefined,
      signal,
      cache: 'no-store',
    });
  }

  #canRefresh() {
    return this.options.refresh !== undefined || this.refreshToken !== undefined;
  }

  async #nextToken(stale) {
    if (this.options.refresh) {
      return this.options.refresh(stale);
    }
    // An answer that is lost on the way is repeated; the server gives the same pair for ten seconds.
    const body = { refresh_token: this.refreshToken };
    return this.#begin((await this.#anybody().post('/v1/auth/refresh', body)).body).access_token;
  }

  // However many calls were told that the token has ended: one makes the new one, all use it.
  async #refresh(stale) {
    if (this.token !== stale) {
      return;
    }
    this.refreshing ??= this.#nextToken(stale).finally(() => {
      this.refreshing = undefined;
    });
    this.token = await this.refreshing;
  }

  async #setClock() {
    const { body } = await this.#attempt('GET', '/v1/time', {});
    this.clockOffsetMs = Date.parse(body.now) - Date.now();
  }

  /** Makes an idempotency key: a UUIDv7 of the server's time, as far as that is known. */
  newKey() {
    const bytes = chance.getRandomValues(new Uint8Array(16));
    let timeMs = Date.now() + this.clockOffsetMs;
    for (let i = 5; i >= 0; i--) {
      bytes[i] = timeMs % 256;
      timeMs = Math.floor(timeMs / 256);
    }
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  }
}

/**
 * @typedef {object} RoomHandlers
 * @property {(state: 'connecting' | 'open' | 'waiting' | 'closed') => void} [onState]
 * @property {(items: any[], position: string) => void} [onPrivate] what concerns this user alone
 * @property {(note: any) => void} [onNote] what passes by, such as a place in slow mode
 * @property {(error: any) => void} [onError] something asked for was not done
 *
 * @typedef {object} RoomOptions
 * @property {'full' | 'high' | 'medium' | 'low'} [density]
 * @property {number} [recent] entries of the past to begin with, 0 to 100
 * @property {{ epoch: number, sequence: number }} [resume] where one was
 * @property {(joined: any) => void} [onJoined] each time; `gap` says what could not be brought back
 * @property {(frame: any) => void} [onEntries] `items`, and ranges that were `left_out`
 */

/**
 * Live rooms over one WebSocket, see docs/PROTOCOL.md: comes back after cuts with growing pauses,
 * goes on in each room where it was, and says what could not be brought back.
 */
export class RoomConnection {
  #client;
  #handlers;
  #rooms = new Map();
  #socket;
  #isClosed = false;
  #pauseMs = PAUSE_MS_MIN;
  #timer;
  #heardMs = 0;
  #after;

  /** @param {Hongbao} client @param {RoomHandlers} [handlers] */
  constructor(client, handlers = {}) {
    this.#client = client;
    this.#handlers = handlers;
    this.#connect();
  }

  /** Joins a room, or changes how. @param {string} room @param {RoomOptions} [options] */
  join(room, options = {}) {
    const { resume, ...rest } = options;
    this.#rooms.set(room, { options: rest, resume: resume ?? this.#rooms.get(room)?.resume });
    if (this.#isReady) {
      this.#sendJoin(room);
    }
  }

  /** @param {string} room */
  leave(room) {
    if (this.#rooms.delete(room)) {
      this.#send({ op: 'leave', room });
    }
  }

  /** Ends it for good. */
  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.close(1000);
    this.#tell('closed');
  }

  /** Cuts the connection as a bad network would, and comes back. */
  reconnect() {
    this.#socket?.close(4000);
  }

  #isReady = false;

  #tell(state) {
    this.#handlers.onState?.(state);
  }

  async #connect() {
    this.#tell('connecting');
    try {
      // The ticket first: the server keeps no silent connection.
      const client = this.#client;
      const ticket = client.token === undefined ? undefined : await this.#ticket();
      if (this.#isClosed) {
        return;
      }
      const address = new URL(`${client.url}/v1/rooms/ws`, globalThis.location?.href);
      address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
      const Socket = client.options.WebSocket ?? globalThis.WebSocket;
      const socket = new Socket(address.href, ['hongbao.v1']);
      this.#socket = socket;
      socket.onopen = () => this.#opened(ticket);
      socket.onmessage = ({ data }) => this.#take(JSON.parse(data));
      socket.onclose = ({ code, reason }) => this.#cut(code, reason);
    } catch (failed) {
      if (failed instanceof HongbaoError && failed.retry === 'never') {
        this.#handlers.onError?.(failed);
        this.close();
      } else {
        this.#again(0);
      }
    }
  }

  // One attempt only: this loop has pauses of its own.
  async #ticket() {
    const signal = AbortSignal.timeout(ATTEMPT_MS_MAX);
    return (await this.#client.post('/v1/tickets', undefined, { signal })).body.ticket;
  }

  #opened(ticket) {
    this.#heardMs = Date.now();
    if (ticket !== undefined) {
      this.#send({ op: 'auth', ticket, after: this.#after });
    }
    this.#isReady = true;
    for (const room of this.#rooms.keys()) {
      this.#sendJoin(room);
    }
    this.#watch(ROOM_PING_MS);
  }

  // A network that went away silently closes nothing; whoever was silent twice is gone.
  #watch(pingMs) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (Date.now() - this.#heardMs > 2 * pingMs) {
        const dead = this.#socket;
        dead.onclose = null;
        dead.close();
        this.#cut(4002, '');
        return;
      }
      this.#send({ op: 'ping' });
      this.#watch(pingMs);
    }, pingMs);
  }

  #sendJoin(room) {
    const { options, resume } = this.#rooms.get(room);
    const recent = resume === undefined ? options.recent : undefined;
    this.#send({ op: 'join', room, density: options.density, recent, resume });
  }

  #send(message) {
    if (this.#socket?.readyState === 1) {
      this.#socket.send(JSON.stringify(message));
    }
  }

  #take(frame) {
    this.#heardMs = Date.now();
    const room = this.#rooms.get(frame.room);
    if (frame.op === 'joined' || frame.op === 'authed') {
      // Let in: the pauses begin anew. To be connected is not enough, one may be sent away at once.
      this.#pauseMs = PAUSE_MS_MIN;
    }
    switch (frame.op) {
      case 'joined':
        if (room !== undefined) {
          room.resume = { epoch: frame.epoch, sequence: frame.sequence };
          this.#tell('open');
          room.options.onJoined?.(frame);
        }
        break;
      case 'entries':
        if (room !== undefined) {
          room.resume = { epoch: frame.epoch, sequence: frame.to };
          room.options.onEntries?.(frame);
        }
        break;
      case 'authed':
        this.#after = frame.position ?? this.#after;
        break;
      case 'private':
        this.#after = frame.position;
        this.#handlers.onPrivate?.(frame.items, frame.position);
        break;
      case 'note':
        this.#handlers.onNote?.(frame);
        break;
      case 'error':
        this.#refused(frame);
        break;
      default:
      // Newer than this client.
    }
  }

  #refused(frame) {
    if (frame.code === 'unauthenticated') {
      // The server was started anew since it gave the ticket, or the way here took too long. Without
      // another one this connection would stay nobody's, and its private stream silent.
      this.reconnect();
      return;
    }
    this.#handlers.onError?.(frame);
    if (frame.retry !== 'never' && this.#rooms.has(frame.room)) {
      setTimeout(() => {
        if (this.#rooms.has(frame.room)) {
          this.#sendJoin(frame.room);
        }
      }, frame.after_ms ?? PAUSE_MS_MAX);
    }
  }

  #cut(code, reason) {
    clearTimeout(this.#timer);
    this.#isReady = false;
    this.#socket = undefined;
    if (this.#isClosed) {
      return;
    }
    if (OUR_FAULT.has(code)) {
      this.#handlers.onError?.({ code: `closed_${code}`, detail: reason, retry: 'never' });
      this.close();
      return;
    }
    const wanted = /after_ms=(\d+)/.exec(reason ?? '');
    this.#again(wanted ? Number(wanted[1]) : code === 4009 ? TOO_MANY_MS : 0);
  }

  #again(waitMs) {
    this.#tell('waiting');
    const pauseMs = Math.max(waitMs, this.#pauseMs * (0.5 + Math.random() / 2));
    this.#pauseMs = Math.min(2 * this.#pauseMs, PAUSE_MS_MAX);
    this.#timer = setTimeout(() => this.#connect(), pauseMs);
  }
}

/**
 * Values of a source that is cut now and then: connects again, with growing pauses, and goes on
 * behind the last cursor. The seam for everything that streams.
 * @param {(cursor: string | undefined) => AsyncIterable<{ cursor?: string, value?: any }>} connect
 * @param {string} [after] the cursor to begin behind
 * @param {AbortSignal} [signal] ends it
 * @returns {AsyncGenerator<any>}
 */
export async function* resuming(connect, after, signal) {
  let cursor = after;
  let pauseMs = PAUSE_MS_MIN;
  for (;;) {
    let waitMs = pauseMs;
    try {
      for await (const one of connect(cursor)) {
        cursor = one.cursor || cursor;
        pauseMs = PAUSE_MS_MIN;
        if (one.value !== undefined) {
          yield one.value;
        }
      }
    } catch (failed) {
      if (failed instanceof HongbaoError) {
        if (failed.retry === 'never') {
          throw failed;
        }
        waitMs = Math.max(waitMs, failed.retryAfterMs);
      }
    }
    if (signal?.aborted) {
      return;
    }
    await pause(waitMs / 2 + Math.random() * (waitMs / 2), signal).catch(() => {});
    if (signal?.aborted) {
      return;
    }
    pauseMs = Math.min(2 * pauseMs, PAUSE_MS_MAX);
  }
}

function claim(claimCode) {
  return claimCode === undefined ? undefined : { claim_code: claimCode };
}

function isOfAnotherTime(refused) {
  return refused.code === 'key_too_old' || refused.code === 'key_in_future';
}

function search(query) {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0
    ? ''
    : `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}

// What is no JSON was said by something between us and the server, and is like no answer.
async function json(answer) {
  const text = await answer.text();
  if (text === '') {
    return {};
  }
  try {
    return JSON.parse(text);
  } catch (foreign) {
    throw new TypeError(`HTTP ${answer.status} without JSON`, { cause: foreign });
  }
}

// Server-sent events, as far as the server uses them: id, event, data, comments.
async function* frames(body) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      rest += decoder.decode(value, { stream: true });
      for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
        const frame = { id: '', data: '' };
        for (const line of rest.slice(0, end).split('\n')) {
          const [, name, content] = /^([^:]*):? ?(.*)$/.exec(line);
          if (name === 'data') {
            frame.data += (frame.data === '' ? '' : '\n') + content;
          } else if (name === 'id') {
            frame.id = content;
          }
        }
        yield frame;
      }
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve(undefined);
    }, ms);
    if (signal?.aborted) {
      end();
    } else {
      signal?.addEventListener('abort', end, { once: true });
    }
  });
}
