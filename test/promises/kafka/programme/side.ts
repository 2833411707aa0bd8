import { Agent, request } from 'node:http';
import type { Offset } from '../../../../src/core/kafka';
import type { OtherRecord } from './operation';

export interface SideResponse {
  readonly status: number;
  /** The header of that name. */
  readonly nextOffset: string | undefined;
  readonly body: string;
}

/** A REST proxy, and what changes its topics behind it. */
export interface Side {
  /** How reports name it. */
  readonly name: string;
  readonly send: (method: string, path: string, body?: string) => Promise<SideResponse>;
  readonly append: (topic: string, records: readonly OtherRecord[]) => Promise<void>;
  readonly transaction: (
    topic: string,
    records: readonly OtherRecord[],
    end: 'commit' | 'abort',
  ) => Promise<void>;
  /** Drops the records of a partition before an offset. */
  readonly trim: (topic: string, partition: number, earliest: Offset) => Promise<void>;
  /** Compacts a partition until it has no record at these offsets any more. */
  readonly compact: (topic: string, partition: number, gone: readonly Offset[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Returns a sender of plain HTTP requests to a server on this computer, and what closes it. */
export function sender(endpoint: string): { send: Side['send']; close: () => void } {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(endpoint);
  return {
    close: () => {
      agent.destroy();
    },
    send: (method, path, body) =>
      new Promise((resolve, reject) => {
        const headers = body === undefined ? {} : { 'content-type': 'application/json' };
        const outgoing = request({ agent, hostname, port, method, path, headers }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const next = incoming.headers['nextoffset'];
            resolve({
              status: incoming.statusCode ?? 0,
              nextOffset: typeof next === 'string' ? next : undefined,
              body: Buffer.concat(chunks).toString(),
            });
          });
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
  };
}
