import type { ClusterDefinition } from '../../../src/core/cluster/definition';
import type { HttpOptions } from '../../../src/core/http/client';
import { KafkaError } from '../../../src/core/errors';
import type { KafkaProxy, NewRecord } from '../../../src/core/kafka';
import type { EmulatorInfo } from '../../../src/emulator/server';
import { connectWith } from '../../../src/ui/clusters/connect';
import { clusterOf } from '../../support/clusterOf';
import { must } from '../must';
import { between } from '../../support/faults/random';
import type { StartWorker } from '../../../src/viewer/index/messageIndex';
import type { BufferPool } from '../../../src/viewer/store/bufferPool';
import { CANARY, valueOf } from './topics';
import type { Fates } from './ledger';
import type { Witness } from './witnessClient';

/** Two hours in ten minutes. */
export const COMPRESSION = 12;

/** The person does something so often, in seconds of their own time. */
export const EVERY_S = 8;

/** The product's own limits, so much shorter. */
export const HTTP: HttpOptions = {
  requestTimeoutMs: 60_000 / COMPRESSION,
  connectTimeoutMs: 10_000 / COMPRESSION,
  backoffMs: 250 / COMPRESSION,
  maxResponseBytes: 8 * 1024 * 1024,
};
export const BULK = {
  retryBudgetMs: 120_000 / COMPRESSION,
  pauseMs: 1_000 / COMPRESSION,
  graceMs: 5_000 / COMPRESSION,
};

/**
 * A cluster as the extension holds it: opened when it is first used, dropped as settings change.
 */
export class Cluster {
  readonly definition: ClusterDefinition;
  readonly #secret: string;
  readonly #connect: ReturnType<typeof connectWith>;
  #proxy: KafkaProxy | undefined;

  constructor(info: EmulatorInfo, log: (line: string) => void) {
    this.definition = clusterOf('soak', info);
    this.#secret = info.clientSecret ?? '';
    this.#connect = connectWith(() => ({ ...HTTP, log: { trace: log } }));
  }

  get proxy(): KafkaProxy {
    return (this.#proxy ??= this.#connect(this.definition, () => Promise.resolve(this.#secret)));
  }

  async drop(): Promise<void> {
    await this.#proxy?.dispose();
    this.#proxy = undefined;
  }
}

/** What is counted of a soak. */
export class Tally {
  readonly actions = new Map<string, number>();
  readonly failures = new Map<string, number>();
  readonly cancelMs: number[] = [];
  /** The longest that each kind of action took, in milliseconds. */
  readonly longest = new Map<string, number>();
  /** How often records were produced, for ids that are unique. */
  batches = 0;
  in = 0;
  out = 0;
  unclear = 0;
  resumed = 0;
  cancelled = 0;

  took(name: string, ms: number): void {
    this.longest.set(name, Math.max(ms, this.longest.get(name) ?? 0));
  }

  count(map: 'actions' | 'failures', name: string): void {
    this[map].set(name, (this[map].get(name) ?? 0) + 1);
  }
}

/** Keeps what the product says, until it is searched for what must not be in it. */
export class Said {
  #lines: string[] = [];
  readonly #secrets = new Set<string>([CANARY]);

  add = (line: string): void => {
    this.#lines.push(line);
  };

  /** What must not be said: checked from the next `check` on. */
  hide(secrets: Iterable<string>): void {
    for (const secret of secrets) this.#secrets.add(secret);
  }

  /** Searches all that was said since the last check. Returns how many lines that were. */
  check(): number {
    const lines = this.#lines;
    this.#lines = [];
    for (const line of lines) {
      for (const secret of this.#secrets) {
        must(!line.includes(secret), `a line of the log holds what it must not: ${line}`);
      }
      must(!/eyJ[\w-]{10,}\.[\w-]{10,}/.test(line), `a line of the log holds a token: ${line}`);
    }
    return lines.length;
  }
}

/** What all actions share. */
export interface World {
  readonly cluster: Cluster;
  readonly witness: Witness;
  readonly tally: Tally;
  readonly said: Said;
  /** Where files are written to. */
  readonly folder: string;
  readonly buffers: BufferPool;
  readonly startWorker: StartWorker;
}

/** One action of the person. */
export interface Turn extends World {
  /** Counted from 1. */
  readonly step: number;
  readonly random: () => number;
  /** Aborts when the person cancels. */
  readonly signal: AbortSignal;
  /** To be called when the product has answered a cancel, if that is before the action ends. */
  readonly answered: () => void;
}

/** The part of a turn with which records are produced from a file or copied. */
export interface MovingTurn extends Pick<
  Turn,
  'cluster' | 'folder' | 'random' | 'said' | 'signal' | 'step' | 'tally'
> {
  readonly witness: { ask: (call: 'report', fates: Fates) => Promise<undefined> };
}

/** A failure of the product that it may have, counted; anything else is thrown on. */
export function expectFailure(
  { tally, said }: Pick<World, 'tally' | 'said'>,
  error: unknown,
): void {
  if (!(error instanceof KafkaError)) throw error;
  tally.count('failures', error.kind);
  said.add(`${error.message} ${error.detail} ${error.stack ?? ''}`);
}

/** Records that nobody else produces, and their ids. */
export function newRecords(
  turn: Pick<Turn, 'random' | 'step'>,
  count: number,
): { readonly id: string; readonly record: NewRecord }[] {
  return Array.from({ length: count }, (_, n) => {
    const id = `${turn.step}-${n}`;
    const key = turn.random() < 0.5 ? { key: `key-${between(turn, 0, 50)}` } : {};
    return { id, record: { ...key, value: valueOf(id, n, between(turn, 1, 60) * 10) } };
  });
}
