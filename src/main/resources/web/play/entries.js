// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Entries of a room's log, as WebSocket and HTTP write them: the first leaves out what is ordinary.

const SIZE_ORDINARY = 25;

function sizeOf(size) {
  if (size === undefined || size === SIZE_ORDINARY) {
    return 'normal';
  }
  return size < SIZE_ORDINARY ? 'small' : 'big';
}

/**
 * What tells an entry from all others, also from those of earlier lives of the log.
 * @param {number} epoch
 * @param {number} seq
 */
export function keyOf(epoch, seq) {
  return `${epoch}:${seq}`;
}

/**
 * @param {Record<string, any>} item
 * @returns {Record<string, any>} kind, seq, atMs, and what its kind has
 */
export function entryOf(item) {
  const base = {
    kind: item.kind,
    seq: item.seq,
    atMs: Date.parse(item.at),
  };
  if (item.kind === 'chat') {
    return {
      ...base,
      id: String(item.id),
      userId: item.user_id,
      name: item.nickname,
      text: item.recalled ? '' : item.text,
      position: item.position ?? 'scroll',
      colour: item.colour ?? '#ffffff',
      size: sizeOf(item.size),
      times: item.times ?? 1,
      also: item.also ?? [],
    };
  }
  if (item.kind === 'recall') {
    return { ...base, of: keyOf(item.of_epoch, item.of_seq) };
  }
  if (item.kind === 'presence') {
    return { ...base, watching: item.watching };
  }
  if (item.kind.startsWith('red_packet.')) {
    return { ...base, event: item.event_id, data: moneyOf(item.data) };
  }
  return { ...base, ...item };
}

function moneyOf(data) {
  return {
    packetId: data.packet_id,
    userId: data.user_id ?? data.sender_id ?? '',
    senderId: data.sender_id,
    amount: data.amount?.amount ?? data.total?.amount ?? data.rest?.amount,
    total: data.total?.amount,
    count: data.count,
    kind: data.kind,
    greeting: data.greeting,
    commitment: data.commitment,
    claimCode: data.claim_code,
    place: data.place,
    bestPlace: data.best_place,
    expiresAt: data.expires_at,
  };
}
