// SPDX-License-Identifier: Apache-2.0
// Copyright the Hongbao authors. Design notes: docs/ARCHITECTURE.md, "Clients".
//
// Types of hongbao.js, which says what each of these does.

export interface Amount {
  asset: string;
  /** Whole number in the asset's minor unit. */
  amount: number;
}

/** Fields that this version does not know may come in every answer. */
export type Answer = { [field: string]: any };

export interface Options {
  url: string;
  token?: string;
  userId?: string;
  refreshToken?: string;
  onSession?: (session: Session) => void;
  refresh?: (stale: string | undefined) => Promise<string>;
  patienceMs?: number;
  headers?: Record<string, string>;
  fetch?: typeof fetch;
  WebSocket?: unknown;
}

export interface CallOptions {
  body?: unknown;
  query?: Record<string, string | number | undefined>;
  key?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal;
}

export interface Reply {
  status: number;
  body: any;
  position: string;
  replayed: boolean;
}

export interface Packet {
  kind: 'lucky' | 'equal' | 'exclusive';
  total: Amount;
  count?: number;
  audience: { room_id: string } | { user_id: string };
  [field: string]: unknown;
}

export interface Session extends Answer {
  user_id: string;
  session_id: string;
  access_token: string;
  access_expires_at: string;
  refresh_token: string;
  refresh_expires_at: string;
}

export interface Share extends Answer {
  packet_id: string;
  place: number;
  amount: Amount;
  opened_at: string;
  credited: boolean;
  first: boolean;
}

export interface HongbaoEvent {
  id: string;
  cursor: string;
  type: string;
  time: string;
  position: string;
  subject: { kind: string; id: string };
  data: Answer;
}

export interface EventOptions {
  after?: string;
  types?: string;
  stream?: boolean;
  signal?: AbortSignal;
}

export class HongbaoError extends Error {
  constructor(status: number, problem: Answer);
  readonly status: number;
  readonly code: string;
  readonly retry: 'never' | 'same_key' | 'after';
  readonly retryAfterMs: number;
  readonly requestId: string;
  readonly problem: Answer;
}

export class OutcomeUnknownError extends Error {
  constructor(what: string, key: string | undefined, cause: unknown);
  readonly key: string | undefined;
}

export class Hongbao {
  constructor(options: Options);
  readonly url: string;
  token: string | undefined;
  refreshToken: string | undefined;
  actingFor(userId: string): Hongbao;

  login(userName: string, password: string, device?: string): Promise<Session>;
  logout(): Promise<void>;

  balances(options?: CallOptions): Promise<Answer[]>;
  send(packet: Packet, options?: CallOptions): Promise<Answer & { id: string }>;
  grab(id: string, claimCode?: string): Promise<Answer>;
  open(id: string, claimCode?: string): Promise<Share>;
  packet(id: string, claimCode?: string): Promise<Answer>;
  items(path: string, options?: CallOptions): AsyncGenerator<Answer, void, undefined>;
  events(options?: EventOptions): AsyncGenerator<HongbaoEvent, void, undefined>;

  rooms(handlers?: RoomHandlers): RoomConnection;
  say(room: string, danmaku: string | Answer, options?: CallOptions): Promise<Answer>;

  get(path: string, options?: CallOptions): Promise<Reply>;
  post(path: string, body?: unknown, options?: CallOptions): Promise<Reply>;
  request(method: string, path: string, options?: CallOptions): Promise<Reply>;
  newKey(): string;
}

export interface RoomHandlers {
  onState?: (state: 'connecting' | 'open' | 'waiting' | 'closed') => void;
  onPrivate?: (items: HongbaoEvent[], position: string) => void;
  onNote?: (note: Answer) => void;
  onError?: (error: Answer) => void;
}

export interface RoomOptions {
  density?: 'full' | 'high' | 'medium' | 'low';
  recent?: number;
  resume?: { epoch: number; sequence: number };
  onJoined?: (joined: Answer) => void;
  onEntries?: (frame: Answer & { items: Answer[] }) => void;
}

export class RoomConnection {
  constructor(client: Hongbao, handlers?: RoomHandlers);
  join(room: string, options?: RoomOptions): void;
  leave(room: string): void;
  reconnect(): void;
  close(): void;
}

export function resuming<T>(
  connect: (cursor: string | undefined) => AsyncIterable<{ cursor?: string; value?: T }>,
  after?: string,
  signal?: AbortSignal,
): AsyncGenerator<T, void, undefined>;
