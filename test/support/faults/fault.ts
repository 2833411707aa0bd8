import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EmulatorInfo } from '../../../src/emulator/server';

/** What a request is for; `other` is what neither of the two servers knows. */
export type RequestKind =
  'discovery' | 'token' | 'metadata' | 'create' | 'produce' | 'consume' | 'other';

/** What a fault can befall: a connection that was made, or a request that has begun to arrive. */
export interface Target {
  readonly server: 'proxy' | 'entra';
  readonly kind: 'connection' | RequestKind;
  /** Empty for a connection. */
  readonly method: string;
  /** With the query; empty for a connection. */
  readonly path: string;
  /** Which one of its server and kind it is, counted from 1. */
  readonly count: number;
}

/** The certificates that the fault proxy can show. */
export type Certificate = 'trusted' | 'unknown-ca' | 'wrong-host' | 'expired';

/** A connection that was accepted, before anything is read from it. */
export interface Connection {
  readonly socket: Socket;
  /** Goes on with TLS and HTTP. */
  serve(certificate: Certificate): void;
}

/** An answer as a whole, not packed. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request whose head has arrived, and what can be done with it. */
export interface Exchange {
  readonly target: Target;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborts when the connection has gone, whoever ended it. */
  readonly gone: AbortSignal;
  /** The whole body of the request. */
  body(): Promise<Buffer>;
  /** What the emulator answers, which has then processed the request. */
  forward(): Promise<Answer>;
  /** Sends an answer; with `end`, only so many bytes of its body, though all are announced. */
  send(answer: Answer, end?: number): Promise<void>;
  /** Breaks the connection: with a TCP reset, or in good order (`close`). */
  breakOff(how?: 'reset' | 'close'): void;
  /** Waits, at most until the connection has gone. */
  pause(ms: number): Promise<void>;
}

/** Something that goes wrong. Each fault is one of three kinds, by where it strikes. */
export type Fault =
  /** The client is given another address. */
  | { readonly name: string; readonly address: (info: EmulatorInfo) => EmulatorInfo }
  /** The connection is met before TLS. */
  | { readonly name: string; readonly connect: (connection: Connection) => void }
  /** The request is met, before or after the emulator has processed it. */
  | { readonly name: string; readonly act: (exchange: Exchange) => Promise<void> | void };

/** Decides for each connection and each request what goes wrong, if anything. */
export type Plan = (target: Target) => Fault | undefined;

const KINDS: readonly [RequestKind, RegExp][] = [
  ['token', /^POST \/[^/]+\/oauth2\/(v2\.0\/)?token\b/],
  ['discovery', /^GET \/[^/]+\/(discovery|v2\.0|\.well-known)\//],
  ['metadata', /^GET \/v1\/metadata\//],
  ['create', /^PUT \/v1\/topics\//],
  ['produce', /^POST \/v1\/producer\//],
  ['consume', /^GET \/v1\/consumer\//],
];

export function kindOf(method: string, path: string): RequestKind {
  return KINDS.find(([, pattern]) => pattern.test(`${method} ${path}`))?.[0] ?? 'other';
}
