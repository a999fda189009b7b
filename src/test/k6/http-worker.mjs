// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
import { workerData } from 'node:worker_threads';

const { signal, port } = workerData;

async function call({ method, url, body, headers }) {
  const start = performance.now();
  try {
    const answer = await fetch(url, { method, body, headers, redirect: 'manual' });
    const text = await answer.text();
    const ms = performance.now() - start;
    return { status: answer.status, body: text, headers: [...answer.headers], ms };
  } catch (lost) {
    // To k6 a connection that fails is an answer with status 0.
    return { status: 0, body: '', headers: [], ms: performance.now() - start, error: String(lost) };
  }
}

port.on('message', async (requests) => {
  port.postMessage(await Promise.all(requests.map(call)));
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
});
