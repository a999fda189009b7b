// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// The kill: asks for it, watches the server go and come back, and shows what the supervisor found.

import { byId, el } from './dom.js';

const whole = (value) => value.toLocaleString('en');

export class Kill {
  /** @param {import('/client/hongbao.js').Hongbao} client */
  constructor(client) {
    this.client = client;
    this.stage = 'idle';
    this.button = byId('kill');
    byId('kill-card').hidden = false;
    this.button.addEventListener('click', () => this.#ask());
  }

  #step(text, className) {
    byId('steps').append(
      el('li', null, el('time', null, new Date().toLocaleTimeString('en-GB')), el('span', { class: className }, text)),
    );
  }

  async #ask() {
    this.button.disabled = true;
    byId('steps').replaceChildren();
    this.killsBefore = (await this.#report())?.kills ?? 0;
    this.askedMs = performance.now();
    this.stage = 'asked';
    this.#step('SIGKILL asked for');
    try {
      await this.client.post('/v1/play/kill', {});
    } catch (failed) {
      // The answer may have died with the server.
      if (failed.status !== undefined) {
        this.#step(failed.message, 'bad');
        this.#end();
      }
    }
  }

  async #report() {
    try {
      return (await this.client.get('/v1/play/report')).body;
    } catch {
      return undefined;
    }
  }

  #end() {
    this.stage = 'idle';
    this.button.disabled = false;
  }

  /** Called once a second. @param {boolean} isUp whether the server answered just now */
  async look(isUp) {
    if (this.stage === 'asked' && !isUp) {
      this.stage = 'down';
      this.#step('the process is gone');
    } else if (this.stage !== 'idle' && this.stage !== 'reading' && isUp) {
      const stage = this.stage;
      this.stage = 'reading';
      const report = await this.#report();
      // The new process knows of no kill until the supervisor has looked at everything.
      if (report === undefined || report.kills <= this.killsBefore) {
        this.stage = stage;
        return;
      }
      const isWhole = report.acknowledged === report.found;
      this.#step(`the server answers again after ${whole(report.down_ms)} ms`);
      this.#step(
        `acknowledged ${whole(report.acknowledged)}, found ${whole(report.found)}`,
        isWhole ? 'good' : 'bad',
      );
      this.#step(`the ledger reads ${report.ledger_sum}`, report.balanced ? 'good' : 'bad');
      this.#end();
    }
  }
}
