// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "The page".
//
// Entries of a room's log, in one form: the WebSocket writes them short, HTTP as the API writes
// everything.

const SIZE_ORDINARY = 25;

function colourOf(colour) {
  if (colour === undefined) {
    return '#ffffff';
  }
  return typeof colour === 'number' ? `#${colour.toString(16).padStart(6, '0')}` : colour;
}

function sizeOf(size) {
  if (size === undefined || size === SIZE_ORDINARY) {
    return 'normal';
  }
  return size < SIZE_ORDINARY ? 'small' : 'big';
}

/**
 * @param {Record<string, any>} item
 * @returns {Record<string, any>} kind, seq, atMs, and what its kind has
 */
export function entryOf(item) {
  const base = {
    kind: item.kind,
    seq: item.seq,
    atMs: item.at_ms ?? Date.parse(item.at ?? ''),
  };
  if (item.kind === 'chat') {
    return {
      ...base,
      id: String(item.id),
      userId: String(item.user ?? item.user_id),
      name: item.name ?? item.nickname ?? '',
      text: item.recalled ? '' : item.text,
      position: item.position ?? 'scroll',
      colour: colourOf(item.colour),
      size: sizeOf(item.size),
      times: item.times ?? 1,
      also: item.also ?? [],
    };
  }
  if (item.kind === 'recall') {
    return { ...base, ofSeq: item.sequence ?? item.of_seq };
  }
  if (item.kind === 'presence') {
    return { ...base, watching: item.watching };
  }
  if (item.kind.startsWith('red_packet.')) {
    return { ...base, event: item.event ?? item.event_id, data: moneyOf(item) };
  }
  return { ...base, ...item };
}

function moneyOf(item) {
  const data = item.data ?? item;
  return {
    packetId: String(data.packet_id ?? data.packet),
    userId: String(data.user_id ?? data.sender_id ?? data.user ?? ''),
    senderId: data.sender_id === undefined ? undefined : String(data.sender_id),
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
