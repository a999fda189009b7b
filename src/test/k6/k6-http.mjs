// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// k6' calls return when the answer is there. So does this: another thread makes them meanwhile.
import { MessageChannel, Worker, receiveMessageOnPort } from 'node:worker_threads';
import { measure, state } from './state.mjs';

const signal = new Int32Array(new SharedArrayBuffer(4));
const { port1, port2 } = new MessageChannel();
const worker = new Worker(new URL('./http-worker.mjs', import.meta.url), {
  workerData: { signal, port: port2 },
  transferList: [port2],
});
worker.unref();
port1.unref();

let isExpected = (status) => status >= 200 && status < 400;

// "idempotent-replayed" is "Idempotent-Replayed" to k6.
function canonical(name) {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

class Response {
  constructor(raw) {
    this.status = raw.status;
    this.body = raw.body;
    this.error = raw.error ?? '';
    this.headers = Object.fromEntries(raw.headers.map(([name, value]) => [canonical(name), value]));
    this.timings = { duration: raw.ms };
  }

  json(path) {
    const whole = JSON.parse(this.body);
    return path === undefined
      ? whole
      : path.split('.').reduce((value, name) => value?.[name], whole);
  }
}

function all(requests) {
  if (state.stage === 'init') {
    throw new Error('no requests in the init stage');
  }
  Atomics.store(signal, 0, 0);
  port1.postMessage(
    requests.map(({ method, url, body, params }) => ({
      method,
      url,
      body: body ?? undefined,
      headers: params?.headers ?? {},
    })),
  );
  Atomics.wait(signal, 0, 0);
  return receiveMessageOnPort(port1).message.map((raw) => {
    measure('http_reqs', 1);
    measure('http_req_duration', raw.ms);
    measure('http_req_failed', isExpected(raw.status) ? 0 : 1);
    return new Response(raw);
  });
}

function one(method, url, body, params) {
  return all([{ method, url, body, params }])[0];
}

export default {
  get: (url, params) => one('GET', url, undefined, params),
  post: (url, body, params) => one('POST', url, body, params),
  put: (url, body, params) => one('PUT', url, body, params),
  del: (url, body, params) => one('DELETE', url, body, params),
  batch: (requests) => all(requests),
  expectedStatuses:
    (...statuses) =>
    (status) =>
      statuses.some((each) =>
        typeof each === 'number' ? each === status : each.min <= status && status <= each.max,
      ),
  setResponseCallback: (callback) => {
    isExpected = callback;
  },
};
