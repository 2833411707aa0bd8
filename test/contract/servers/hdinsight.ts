import assert from 'node:assert/strict';
import {
  decodeJson,
  field,
  integer,
  nullable,
  smallInteger,
  string,
} from '../../../src/core/json/decode';
import type { NewRecord, Payload } from '../../../src/core/kafka';
import { KafkaFailure } from '../../../src/emulator/backend';
import type { Served } from '../../../src/emulator/serve';
import { startEmulator } from '../../../src/emulator/server';
import { connectWith } from '../../../src/ui/clusters/connect';
import { clusterOf } from '../../support/clusterOf';
import type { Fault } from '../../support/faults/fault';
import type { RequestKind } from '../../support/faults/requestKind';
import { startFaultProxy } from '../../support/faults/faultProxy';
import * as faults from '../../support/faults/faults';
import { rules } from '../../support/faults/plans';
import type { ContractServer, ServerFault, StoredRecord } from '../server';

/** The purposes of requests to the API of the REST proxy. */
const API: readonly string[] = [
  'metadata',
  'create',
  'produce',
  'consume',
  'other',
] satisfies RequestKind[];

const FAULTS: Readonly<Record<Exclude<ServerFault, 'refused'>, Fault>> = {
  cutOff: faults.responseLost,
  hang: faults.hangAfter,
  unauthorized: faults.unauthorized,
  forbidden: faults.forbidden,
  throttled: faults.throttled,
  unavailable: faults.unavailable,
  nonsense: faults.signInPage,
};

/**
 * Starts the emulator of HDInsight's REST proxy and Entra ID, over HTTPS, with a fault proxy
 * between.
 */
export async function startHdinsight(): Promise<ContractServer> {
  const emulator = await startEmulator({ samples: false });
  return serverBefore(emulator, {
    makeTopic: (name, options) => {
      emulator.createTopic({ name, ...options });
      return Promise.resolve();
    },
    append: (topic, records) => {
      emulator.append(topic, records.map(toEmulator));
      return Promise.resolve();
    },
    stored: (topic) => {
      const records: StoredRecord[] = [];
      try {
        for (let partition = 0; ; partition += 1) {
          records.push(...emulator.records(topic, partition).map(stored));
        }
      } catch (error) {
        // There are no more partitions.
        if (!(error instanceof KafkaFailure)) throw error;
      }
      return Promise.resolve(records);
    },
    compact: (topic, offsets) => {
      emulator.punch(topic, 0, offsets);
      return Promise.resolve();
    },
    trim: (topic, earliest) => {
      emulator.trim(topic, 0, earliest);
      return Promise.resolve();
    },
  });
}

/** The methods that bypass the API. */
export type BehindTheApi = Pick<
  ContractServer,
  'makeTopic' | 'append' | 'stored' | 'compact' | 'trim'
>;

/** Puts a fault proxy before HDInsight's REST proxy and Entra ID, which `stop` ends. */
export async function serverBefore(
  served: Served,
  behindTheApi: BehindTheApi,
): Promise<ContractServer> {
  const between = await startFaultProxy(served);
  const definition = clusterOf('contract', between.info);

  const requests = () =>
    between.seen
      .filter(({ target: { server, kind } }) => server === 'proxy' && API.includes(kind))
      .map(({ target: { method, path } }) => ({
        name: `${method} ${path}`,
        writes: method !== 'GET',
      }));
  let refusing = false;

  return {
    open: ({ retries }) =>
      connectWith(() => ({ retries, backoffMs: 5 }))(definition, () =>
        Promise.resolve(between.info.clientSecret ?? undefined),
      ),
    ...behindTheApi,
    break: async (fault, { on = 'all', times } = {}) => {
      if (fault === 'refused') {
        refusing = true;
        await between.refuse();
      } else {
        between.plan = rules({
          fault: FAULTS[fault],
          on: ({ server, kind, method }) =>
            server === 'proxy' && API.includes(kind) && (on === 'all' || method !== 'GET'),
          ...(times !== undefined && { times }),
        });
      }
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
      return Array.from({ length: between.connections }, () => 'connection');
    },
    keepsOnly: ({ length }) => between.until(() => between.connections <= length),
    stop: async () => {
      await between.close();
      await served.stop();
    },
  };
}

function toEmulator({ key = null, value, partition = 0, timestamp, headers = [] }: NewRecord) {
  assert.equal(headers.length, 0, 'the dialect knows no headers');
  return {
    key: text(key),
    value: text(value),
    partition,
    ...(timestamp !== undefined && { timestamp }),
  };
}

function text(payload: Payload | null): string | null {
  assert.ok(payload === null || typeof payload === 'string', 'the dialect knows no bytes');
  return payload;
}

function stored(json: string): StoredRecord {
  return decodeJson(json, (record) => ({
    partition: field(record, 'partition', smallInteger),
    offset: field(record, 'offset', integer),
    key: field(record, 'key', nullable(string)),
    value: field(record, 'value', nullable(string)),
    timestamp: field(record, 'timestamp', smallInteger),
  }));
}
