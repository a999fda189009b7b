// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Who is who: learned from what people say, asked for where somebody only moves money.

/** Ids in one question; the server's limit. */
const ASK_MAX = 50;

export class Names {
  /** @param {import('/client/hongbao.js').Hongbao} client */
  constructor(client) {
    this.client = client;
    this.known = new Map();
    this.wanted = new Map();
    this.timer = undefined;
  }

  /** @param {string} userId @param {string} name */
  learn(userId, name) {
    if (name) {
      this.known.set(userId, name);
    }
  }

  /** A name for now. @param {string} userId */
  now(userId) {
    return this.known.get(userId) ?? `#${userId.slice(-4)}`;
  }

  /** The name, also when it must be asked for. @param {string} userId @returns {Promise<string>} */
  of(userId) {
    if (this.known.has(userId)) {
      return Promise.resolve(this.now(userId));
    }
    return new Promise((resolve) => {
      const waiting = this.wanted.get(userId) ?? [];
      waiting.push(() => resolve(this.now(userId)));
      this.wanted.set(userId, waiting);
      this.timer ??= setTimeout(() => this.#ask(), 30);
    });
  }

  /** Puts the name into an element, at once or when it is known. */
  into(element, userId) {
    element.textContent = this.now(userId);
    if (!this.known.has(userId)) {
      this.of(userId).then((name) => {
        element.textContent = name;
      });
    }
    return element;
  }

  async #ask() {
    this.timer = undefined;
    const batch = [...this.wanted.entries()].slice(0, ASK_MAX);
    batch.forEach(([id]) => this.wanted.delete(id));
    if (this.wanted.size > 0) {
      this.timer = setTimeout(() => this.#ask(), 30);
    }
    try {
      const query = { ids: batch.map(([id]) => id).join(',') };
      const { body } = await this.client.get('/v1/play/names', { query });
      body.names.forEach((one) => this.learn(one.user_id, one.nickname));
    } catch {
      // A number is a name too.
    }
    batch.forEach(([, waiting]) => waiting.forEach((resolve) => resolve()));
  }
}
