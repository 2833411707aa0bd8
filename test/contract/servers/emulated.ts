import type { ClusterDefinition } from '../../../src/core/cluster/definition';
import type { NewRecord } from '../../../src/core/kafka';
import { KafkaFailure } from '../../../src/emulator/backend';
import { type Emulator, type EmulatorOptions, startEmulator } from '../../../src/emulator/server';
import { connectWith } from '../../../src/ui/clusters/connect';
import type { Fault } from '../../support/faults/fault';
import { startFaultProxy } from '../../support/faults/faultProxy';
import * as faults from '../../support/faults/faults';
import { rules } from '../../support/faults/plans';
import type { ContractServer, ServerFault, StoredRecord } from '../server';

const FAULTS: Readonly<Record<Exclude<ServerFault, 'refused'>, Fault>> = {
  cutOff: faults.responseLost,
  hang: faults.hangAfter,
  unauthorized: faults.unauthorized,
  forbidden: faults.forbidden,
  throttled: faults.throttled,
  unavailable: faults.unavailable,
  nonsense: faults.signInPage,
};

export interface EmulatedServerOptions extends EmulatorOptions {
  /** Whether a request writes, given its method and path. Default: all but GET. */
  readonly writes?: (method: string, path: string) => boolean;
  /** What clients keep on the server besides connections. */
  readonly kept?: (emulator: Emulator) => readonly string[];
  /** The values of the fields of the dialect. Default: it has none. */
  readonly fields?: Readonly<Record<string, string>>;
}

/** Starts the emulator with a face, without sign-in, over HTTPS, with a fault proxy between. */
export async function startEmulated({
  writes = (method) => method !== 'GET',
  kept: keptOn = () => [],
  fields = {},
  ...options
}: EmulatedServerOptions): Promise<ContractServer> {
  const emulator = await startEmulator({ samples: false, auth: 'none', ...options });
  const between = await startFaultProxy(emulator);
  const { endpoint, caFile, dialect } = between.info;
  const definition: ClusterDefinition = {
    name: 'contract',
    endpoint,
    dialect: { ...fields, kind: dialect },
    signIn: { kind: 'none' },
    ...(caFile !== null && { caFile }),
    protection: 'none',
  };
  const requests = () =>
    between.seen
      .filter(({ target: { kind } }) => kind !== 'connection')
      .map(({ target: { method, path } }) => ({
        name: `${method} ${path}`,
        writes: writes(method, path),
      }));
  const kept = () => [
    ...Array.from({ length: between.connections }, () => 'connection'),
    ...keptOn(emulator),
  ];
  let refusing = false;

  return {
    open: ({ retries }) =>
      connectWith(() => ({ retries, backoffMs: 5 }))(definition, () => Promise.resolve(undefined)),
    makeTopic: (name, layout) => {
      emulator.createTopic({ name, ...layout });
      return Promise.resolve();
    },
    append: (topic, records) => {
      emulator.append(topic, records.map(placed));
      return Promise.resolve();
    },
    stored: (topic) => Promise.resolve(storedIn(emulator, topic)),
    compact: (topic, offsets) => {
      emulator.punch(topic, 0, offsets);
      return Promise.resolve();
    },
    trim: (topic, earliest) => {
      emulator.trim(topic, 0, earliest);
      return Promise.resolve();
    },
    commit: (group, topic, offset) => {
      emulator.commit(group, topic, 0, offset);
      return Promise.resolve();
    },
    break: async (fault, { on = 'all', times } = {}) => {
      if (fault === 'refused') {
        refusing = true;
        await between.refuse();
        return;
      }
      between.plan = rules({
        fault: FAULTS[fault],
        on: ({ kind, method, path }) =>
          kind !== 'connection' && (on === 'all' || writes(method, path)),
        ...(times !== undefined && { times }),
      });
    },
    mend: async () => {
      between.plan = () => undefined;
      if (refusing) await between.listen();
      refusing = false;
    },
    get requests() {
      return requests();
    },
    arrived: (count) => between.until(() => requests().length >= count),
    get kept() {
      return kept();
    },
    keepsOnly: ({ length }) => between.until(() => kept().length <= length),
    stop: async () => {
      await between.close();
      await emulator.stop();
    },
  };
}

function placed(record: NewRecord): NewRecord {
  return { partition: 0, ...record };
}

function storedIn(emulator: Emulator, topic: string): readonly StoredRecord[] {
  const records: StoredRecord[] = [];
  try {
    for (let partition = 0; ; partition += 1) records.push(...emulator.stored(topic, partition));
  } catch (error) {
    // There are no more partitions.
    if (!(error instanceof KafkaFailure)) throw error;
    return records;
  }
}
