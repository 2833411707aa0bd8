import assert from 'node:assert/strict';
import { getEventListeners } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Leftovers } from '../../../src/core/dialects/dialect';
import type { KafkaProxy } from '../../../src/core/kafka';
import type { Emulator, EmulatorInfo } from '../../../src/emulator/server';
import { connectWith } from '../../../src/ui/clusters/connect';
import { Reporter } from '../../../src/ui/words/reporter';
import type { SecretSource } from '../../../src/auth/methods/signInMethod';
import type { ClusterDefinition } from '../../../src/core/cluster/definition';
import { clusterOf, secretsOf } from '../../support/clusterOf';
import type { Certificates } from '../../support/faults/certificates';
import type { Fault, Plan } from '../../support/faults/fault';
import { type FaultProxy, startFaultProxy } from '../../support/faults/faultProxy';
import type { IdentityFacts } from '../../support/faults/identityRouter';
import { type Person, type PersonFacts, personFor } from './person';
import { shown } from './vscode';

/**
 * In milliseconds. Short where a fault is to run into them, and else never met on a busy machine.
 */
export const TIMEOUTS = {
  connect: { short: 1500, long: 10_000 },
  request: { short: 3000, long: 20_000 },
  patience: 900,
  grace: 40,
};

export interface World {
  readonly emulator: Emulator;
  readonly certificates: Certificates;
}

/** What a client knows of a cluster behind a fault proxy, and of who signs in. */
export type CellInfo = EmulatorInfo &
  Partial<IdentityFacts> & {
    /** Missing: it is not a person. */
    readonly person?: PersonFacts;
  };

interface Opening {
  readonly topic: string;
  /** Holds from now on. */
  readonly plan: Plan;
  /** One that gives the client other facts (`address`). */
  readonly fault?: Fault;
  /** Whether requests are to run into their timeout. */
  readonly hangs: boolean;
  readonly person?: PersonFacts | undefined;
  readonly storage?: CellStorage;
}

/** Where the extension keeps what it needs for a cluster. Missing: it is at hand. */
export interface CellStorage {
  /** Stores the secrets of a cluster, and returns what reads them. */
  readonly secrets: (cluster: ClusterDefinition, secrets: SecretSource) => Promise<SecretSource>;
  /** Keeps notes of what is open on a server. */
  readonly notes: Leftovers;
}

/** What a client has noted as open on the server, as the extension's files hold it. */
class Notes implements Leftovers {
  /** All that was ever noted. */
  readonly ever = new Set<string>();
  readonly #names = new Set<string>();
  #found: readonly string[] = [];

  /** `files` keeps them as well, as far as there are such. */
  constructor(private readonly files: Leftovers | undefined) {}

  async add(name: string): Promise<void> {
    this.ever.add(name);
    this.#names.add(name);
    await this.files?.add(name);
  }

  async remove(name: string): Promise<void> {
    this.#names.delete(name);
    await this.files?.remove(name);
  }

  found(): Promise<readonly string[]> {
    return Promise.resolve(this.#found);
  }

  get names(): readonly string[] {
    return [...this.#names];
  }

  /** Makes what is noted now be found as what an earlier run left. */
  startAgain(): void {
    this.#found = this.names;
  }
}

/** Creates a topic, and returns a folder for what is written. */
async function place(emulator: Emulator, topic: string): Promise<string> {
  emulator.createTopic({ name: topic, partitions: 2 });
  return mkdtemp(join(tmpdir(), 'faults-cell-'));
}

/** One operation under one fault: a topic, a folder, a way to the cluster, all of its own. */
export class Cell {
  readonly errors: unknown[] = [];
  readonly #cancel = new AbortController();

  /** `person` is missing if it is an application or computer that signs in. */
  private constructor(
    readonly emulator: Emulator,
    readonly between: FaultProxy,
    private readonly connect: () => KafkaProxy,
    readonly proxy: KafkaProxy,
    readonly topic: string,
    readonly folder: string,
    readonly log: string[],
    private readonly notes: Notes,
    readonly person: Person | undefined,
  ) {}

  static async open({ emulator, certificates }: World, opening: Opening): Promise<Cell> {
    const { topic, plan, fault, hangs, storage } = opening;
    const between = await startFaultProxy(emulator, { plan, certificates });
    const usual: CellInfo = { ...between.info, ...(opening.person && { person: opening.person }) };
    const info = fault && 'address' in fault ? fault.address(usual) : usual;
    const person = info.person && personFor(info, info.person);
    const log: string[] = [];
    const notes = new Notes(storage?.notes);
    const connect = connectWith(
      () => ({
        connectTimeoutMs: TIMEOUTS.connect[fault && 'connect' in fault ? 'short' : 'long'],
        requestTimeoutMs: TIMEOUTS.request[hangs ? 'short' : 'long'],
        maxResponseBytes: 1024 * 1024,
        retries: 2,
        backoffMs: 20,
        log: { trace: (line) => log.push(line) },
      }),
      { leftovers: () => notes, ...(person && { host: person.host }) },
    );
    const cluster = clusterOf('cell', { ...info, ...person?.facts });
    const secrets = await (storage?.secrets(cluster, secretsOf(info)) ?? secretsOf(info));
    const open = (): KafkaProxy => connect(cluster, secrets);
    const folder = await place(emulator, topic);
    return new Cell(emulator, between, open, open(), topic, folder, log, notes, person);
  }

  /** Returns one with another topic and folder, and the same connection, which must not be closed. */
  async another(topic: string): Promise<Cell> {
    const { emulator, between, connect, proxy, log, notes, person } = this;
    const folder = await place(emulator, topic);
    return new Cell(emulator, between, connect, proxy, topic, folder, log, notes, person);
  }

  get signal(): AbortSignal {
    return this.#cancel.signal;
  }

  cancel(reason?: unknown): void {
    this.#cancel.abort(reason);
  }

  /** The message that is shown for a failure, by the wording of the product. */
  async word(doing: string, error: unknown): Promise<string> {
    this.errors.push(error);
    const reporter = new Reporter({
      info: (line: string) => this.log.push(line),
      error: (line: string) => this.log.push(line),
      show: () => undefined,
    });
    const before = shown.length;
    await reporter.failure(doing, error);
    return shown.slice(before).join('\n');
  }

  /** How often each value is in the log of the emulator; nothing for a topic that is not there. */
  logged(topic = this.topic): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const partition of [0, 1]) {
      for (const json of this.emulator.records(topic, partition)) {
        const { value } = JSON.parse(json) as { value: string };
        counts.set(value, (counts.get(value) ?? 0) + 1);
      }
    }
    return counts;
  }

  /** Everything that is left: what a person or a file could see, for secrets to be looked for. */
  async traces(): Promise<string> {
    const files = await readdir(this.folder);
    const texts = files.map((file) => readFile(join(this.folder, file), 'utf8'));
    const options = { depth: Infinity, showHidden: true, maxStringLength: Infinity };
    const errors = this.errors.map((error) => inspect(error, options));
    return [...this.log, ...errors, ...(await Promise.all(texts))].join('\n');
  }

  /**
   * Ends all, and asserts that nothing is left behind: no listener, no connection, no consumer
   * group, and no consumer instance of which the next start does not know.
   */
  async close(): Promise<void> {
    assert.equal(getEventListeners(this.signal, 'abort').length, 0, 'listeners left on the signal');
    await this.proxy.dispose();
    const { notes } = this;
    const unknown = this.#instances().filter((name) => !notes.names.includes(name));
    assert.deepEqual(unknown, [], 'consumer instances that are left and not noted');
    if (notes.names.length > 0) await this.#startAgain();
    const joins = this.between.seen.filter(({ target: { path } }) =>
      /\/instances\/[^/]+\/(subscription|offsets)/.test(path),
    );
    assert.deepEqual(joins, [], 'requests that join a group, or commit to it');
    this.person?.close();
    await this.between.until(() => this.between.connections === 0);
    await this.between.close();
    await rm(this.folder, { recursive: true });
  }

  /** The consumer instances of this cell that the server has. */
  #instances(): readonly string[] {
    return this.emulator
      .instances()
      .map((name) => name.slice(name.indexOf('/') + 1))
      .filter((name) => this.notes.ever.has(name));
  }

  /** Opens the cluster again, which removes what is left. */
  async #startAgain(): Promise<void> {
    this.between.plan = () => undefined;
    this.notes.startAgain();
    const proxy = this.connect();
    await proxy.topics();
    await proxy.dispose();
    assert.deepEqual(this.notes.names, [], 'notes that are left after the next start');
    assert.deepEqual(this.#instances(), [], 'consumer instances that the next start left');
  }
}
