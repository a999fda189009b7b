// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Load tests".
//
// k6' WebSocket as far as scripts need it: text messages, pings, a close in order. Written out,
// since not every Node has one, and none lets a program set headers.
import { createHash, randomBytes } from 'node:crypto';
import { request } from 'node:http';
import { measure, state } from './state.mjs';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const TEXT = 1;
const CLOSE = 8;
const PING = 9;
const PONG = 10;

function frame(opcode, payload) {
  const size = payload.length;
  if (size > 0xffff) {
    throw new Error('longer than any message of a script');
  }
  const head = size < 126 ? [0x80 | size] : [0x80 | 126, size >> 8, size & 0xff];
  const mask = randomBytes(4);
  const masked = payload.map((byte, index) => byte ^ mask[index & 3]);
  return Buffer.concat([Buffer.from([0x80 | opcode, ...head]), mask, masked]);
}

export class WebSocket {
  #listeners = new Map();
  #socket = null;
  #held = Buffer.alloc(0);
  #over = null;
  readyState = 0;

  constructor(url, protocols = [], params = {}) {
    if (state.stage === 'init') {
      throw new Error('no WebSockets in the init stage');
    }
    // An iteration lasts as long as its sockets, as in k6.
    state.pending.push(new Promise((resolve) => (this.#over = resolve)));
    const key = randomBytes(16).toString('base64');
    const asked = request(url.replace(/^ws/, 'http'), {
      headers: {
        ...params.headers,
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': key,
        ...(protocols.length > 0 && { 'Sec-WebSocket-Protocol': protocols.join(', ') }),
      },
    });
    asked.on('upgrade', (answer, socket, first) => {
      const accept = createHash('sha1').update(key + GUID).digest('base64');
      const agreed = answer.headers['sec-websocket-protocol'] ?? '';
      if (answer.headers['sec-websocket-accept'] !== accept) {
        this.#fail('the server does not speak WebSocket');
      } else if (agreed !== '' && !protocols.includes(agreed)) {
        this.#fail(`the server speaks ${agreed}`);
      } else {
        this.#opened(socket, first);
      }
    });
    asked.on('response', (answer) => this.#fail(`HTTP ${answer.statusCode}`));
    asked.on('error', (lost) => this.#fail(String(lost)));
    asked.end();
  }

  addEventListener(type, listener) {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }

  send(text) {
    if (this.readyState !== 1) {
      throw new Error('the WebSocket is not open');
    }
    measure('ws_msgs_sent', 1);
    this.#socket.write(frame(TEXT, Buffer.from(text)));
  }

  close(code = 1000) {
    if (this.readyState === 1) {
      this.readyState = 2;
      this.#socket.write(frame(CLOSE, Buffer.from([code >> 8, code & 0xff])));
    }
  }

  #tell(type, event) {
    for (const listener of this.#listeners.get(type) ?? []) {
      listener({ type, ...event });
    }
  }

  #opened(socket, first) {
    this.#socket = socket;
    this.readyState = 1;
    measure('ws_sessions', 1);
    socket.on('data', (bytes) => this.#read(bytes));
    socket.on('error', (lost) => this.#fail(String(lost)));
    socket.on('close', () => this.#closed(1006));
    this.#tell('open', {});
    this.#read(first);
  }

  #fail(error) {
    if (this.readyState !== 3) {
      this.#tell('error', { error });
      this.#closed(1006);
    }
  }

  #closed(code) {
    if (this.readyState !== 3) {
      this.readyState = 3;
      this.#socket?.destroy();
      this.#tell('close', { code });
      this.#over();
    }
  }

  #read(bytes) {
    this.#held = Buffer.concat([this.#held, bytes]);
    while (this.#held.length >= 2 && this.readyState !== 3) {
      const length = this.#held[1];
      const head = length === 127 ? 10 : length === 126 ? 4 : 2;
      if (this.#held.length < head) {
        return;
      }
      const size =
        length === 127
          ? Number(this.#held.readBigUInt64BE(2))
          : length === 126
            ? this.#held.readUInt16BE(2)
            : length;
      if (this.#held.length < head + size) {
        return;
      }
      const opcode = this.#held[0] & 0xf;
      const payload = this.#held.subarray(head, head + size);
      this.#held = this.#held.subarray(head + size);
      this.#take(opcode, payload);
    }
  }

  #take(opcode, payload) {
    if (opcode === TEXT) {
      measure('ws_msgs_received', 1);
      this.#tell('message', { data: payload.toString('utf8') });
    } else if (opcode === PING) {
      this.#socket.write(frame(PONG, payload));
    } else if (opcode === CLOSE) {
      this.#closed(payload.length < 2 ? 1005 : payload.readUInt16BE(0));
    }
  }
}
