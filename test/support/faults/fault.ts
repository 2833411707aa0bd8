import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { EmulatorInfo } from '../../../src/emulator/server';
import type { RequestKind } from './requestKind';

/**
 * The target of a fault: an accepted connection, or a request that has begun to arrive. It is for
 * the REST proxy, or for the service that signs in.
 */
export interface Target {
  readonly server: 'proxy' | 'service';
  readonly kind: 'connection' | RequestKind;
  /** Empty for a connection. */
  readonly method: string;
  /** Includes the query; empty for a connection. */
  readonly path: string;
  /** Its number among the targets of its server and kind, counted from 1. */
  readonly count: number;
}

/** The certificates that the fault proxy can present. */
export type Certificate = 'trusted' | 'unknown-ca' | 'wrong-host' | 'expired';

/** A connection that was accepted, before anything is read from it. */
export interface Connection {
  readonly socket: Socket;
  /** Continues with TLS and HTTP. */
  serve(certificate: Certificate): void;
}

/** A complete response, not compressed. */
export interface WholeResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A request whose head has arrived, with the methods to handle it. */
export interface Exchange {
  readonly target: Target;
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Aborts when the connection is closed, whoever closed it. */
  readonly gone: AbortSignal;
  /** The whole body of the request. */
  body(): Promise<Buffer>;
  /** Has the emulator process the request, and returns its response. */
  forward(): Promise<WholeResponse>;
  /** Sends a response; with `end`, only that many bytes of its body, although all are announced. */
  send(response: WholeResponse, end?: number): Promise<void>;
  /** Breaks the connection with a TCP reset, or closes it properly (`close`). */
  breakOff(how?: 'reset' | 'close'): void;
  /** Waits, but no longer than until the connection is closed. */
  pause(ms: number): Promise<void>;
}

/** A fault. There are three kinds, which act in different places. */
export type Fault =
  /** Gives the client other facts, such as another address. */
  | { readonly name: string; readonly address: <Info extends EmulatorInfo>(info: Info) => Info }
  /** Acts on the connection before TLS. */
  | { readonly name: string; readonly connect: (connection: Connection) => void }
  /** Acts on the request, before or after the emulator has processed it. */
  | { readonly name: string; readonly act: (exchange: Exchange) => Promise<void> | void };

/** Decides the fault for each connection and each request, if any. */
export type Plan = (target: Target) => Fault | undefined;
