// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Checks the proof of a draw, as docs/VERIFIABLE-DRAW.md describes it (rule 1): from the seed that
// the server reveals, the commitment that was noted before and every share are computed again.

import { sha256 } from './sha256.js';

const KINDS = { lucky: 1, lucky_fair: 2, equal: 3, exclusive: 4 };
const ascii = new TextEncoder();

function bytesOfHex(hex) {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

function hexOf(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

function bytesOfBase64Url(text) {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Joins parts; a number is 8 bytes, the high byte first. */
function joined(...parts) {
  const pieces = parts.map((part) => {
    if (typeof part !== 'bigint') {
      return part;
    }
    const eight = new Uint8Array(8);
    new DataView(eight.buffer).setBigUint64(0, part);
    return eight;
  });
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

/** A number from 0 to bound - 1: the high half of the product. */
function below(word, bound) {
  return (word * bound) >> 64n;
}

class Draw {
  constructor(proof) {
    this.packetId = BigInt(proof.packet_id);
    this.total = BigInt(proof.total);
    this.count = BigInt(proof.count);
    this.minimum = BigInt(proof.minimum);
    this.seed = bytesOfHex(proof.seed);
  }

  chance(tag, place) {
    const view = new DataView(sha256(joined(ascii.encode(tag), this.seed, this.packetId, place)).buffer);
    return [view.getBigUint64(0), view.getBigUint64(8)];
  }

  // Each from what is left when its turn comes; the last takes the rest.
  live(tag) {
    const shares = [];
    let left = this.total;
    for (let place = 1n; place <= this.count; place++) {
      const n = this.count - place + 1n;
      let share = left;
      if (n > 1n) {
        const [lot, range] = this.chance(tag, place);
        const twice = 2n * (left - n * this.minimum);
        const upper = twice / n + (below(lot, n) < twice % n ? 1n : 0n);
        share = this.minimum + below(range, upper + 1n);
      }
      shares.push(share);
      left -= share;
    }
    return shares;
  }

  fair() {
    const shares = this.live('hb1fair');
    for (let i = this.count; i >= 2n; i--) {
      const other = Number(below(this.chance('hb1shuf', i)[0], i));
      const last = Number(i) - 1;
      [shares[last], shares[other]] = [shares[other], shares[last]];
    }
    return shares;
  }

  shares(kind) {
    switch (kind) {
      case 'lucky':
        return this.live('hb1live');
      case 'lucky_fair':
        return this.fair();
      case 'equal':
        return Array.from({ length: Number(this.count) }, () => this.total / this.count);
      default:
        return [this.total];
    }
  }
}

/**
 * Checks a proof.
 * @param {Record<string, any>} proof the answer of GET /v1/red-packets/{id}/proof
 * @param {string} [noted] the commitment that came with the packet, before it was opened
 * @returns {{ ok: boolean, steps: { name: 'commitment' | 'noted' | 'shares' | 'sum', ok: boolean }[],
 *   places: { place: number, drawn: number, shown: number, ok: boolean }[], commitment: string }}
 */
export function checkDraw(proof, noted) {
  const draw = new Draw(proof);
  const nonce = proof.nonce === undefined ? new Uint8Array(0) : bytesOfBase64Url(proof.nonce);
  const commitment = hexOf(
    sha256(
      joined(
        ascii.encode('hb1seal'),
        draw.packetId,
        draw.total,
        draw.count,
        BigInt(KINDS[proof.kind] ?? 0),
        draw.minimum,
        BigInt(proof.expires_at_ms),
        BigInt(nonce.length),
        nonce,
        draw.seed,
      ),
    ),
  );
  const drawn = draw.shares(proof.kind);
  const places = proof.shares.map(({ place, amount }, index) => ({
    place,
    drawn: Number(drawn[index]),
    shown: amount,
    ok: place === index + 1 && drawn[index] === BigInt(amount),
  }));
  const sum = drawn.reduce((all, share) => all + share, 0n);
  const steps = [
    { name: 'commitment', ok: proof.rule === 1 && commitment === proof.commitment },
    ...(noted === undefined ? [] : [{ name: 'noted', ok: commitment === noted }]),
    { name: 'shares', ok: places.every((one) => one.ok) },
    { name: 'sum', ok: sum === draw.total },
  ];
  return { ok: steps.every((step) => step.ok), steps, places, commitment };
}
