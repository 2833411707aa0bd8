import { fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import type { Offset } from '../../../src/core/kafka';
import type { EmulatorInfo } from '../../../src/emulator/server';
import type { Fates } from './ledger';
import type { Weather } from './weather';

export interface Status {
  /** Open at the fault proxy. */
  readonly connections: number;
  /** Connections and requests so far, and how many of them a fault struck. */
  readonly requests: number;
  readonly faults: number;
  /** Tokens that were not told before. */
  readonly tokens: readonly string[];
}

/** What the witness can be asked. */
interface Calls {
  info: { argument: undefined; reply: EmulatorInfo };
  weather: { argument: Weather; reply: undefined };
  status: { argument: undefined; reply: Status };
  /** A hash over the records of a range, each as `recordLine`. */
  digest: {
    argument: { topic: string; partition: number; from: Offset; until: Offset };
    reply: string;
  };
  report: { argument: Fates; reply: undefined };
  /** Compares the log with all that was reported. */
  audit: { argument: undefined; reply: { records: number; disagreements: readonly string[] } };
  /** See `--plant`. */
  double: { argument: { topic: string }; reply: undefined };
}

export type Answers = {
  [Name in keyof Calls]: (
    argument: Calls[Name]['argument'],
  ) => Calls[Name]['reply'] | Promise<Calls[Name]['reply']>;
};

export interface Ask {
  readonly id: number;
  readonly call: keyof Calls;
  readonly argument: unknown;
}

interface Reply {
  readonly id: number;
  readonly reply?: unknown;
  readonly error?: string;
}

export interface Witness {
  ask: <Name extends keyof Calls>(
    call: Name,
    ...argument: Calls[Name]['argument'] extends undefined ? [] : [Calls[Name]['argument']]
  ) => Promise<Calls[Name]['reply']>;
  stop(): Promise<void>;
}

/** Starts the witness, see witness.ts. It ends with this process. Rejects if it does not start. */
export async function startWitness(): Promise<Witness> {
  const child = fork(path.join(__dirname, 'witness.ts'), {
    execArgv: ['--import', 'tsx'],
    serialization: 'advanced',
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('the witness has ended');
  });
  await Promise.race([once(child, 'message'), ended]);
  const waiting = new Map<number, (reply: Reply) => void>();
  let last = 0;
  child.on('message', (reply: Reply) => {
    waiting.get(reply.id)?.(reply);
    waiting.delete(reply.id);
  });
  child.on('exit', () => {
    for (const [id, end] of waiting) end({ id, error: 'the witness has ended' });
  });
  return {
    ask: async (call, ...[argument]) => {
      const id = ++last;
      const { reply, error } = await new Promise<Reply>((resolve) => {
        waiting.set(id, resolve);
        child.send({ id, call, argument } satisfies Ask);
      });
      if (error !== undefined) throw new Error(`witness: ${call}: ${error}`);
      return reply as never;
    },
    stop: async () => {
      child.disconnect();
      await ended.catch(() => undefined);
    },
  };
}
